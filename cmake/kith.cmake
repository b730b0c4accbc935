# What every target of the house shares: warnings, the build tools that make it fast, and one
# function per kind of target, so that a place's own CMakeLists.txt is its link list and no more.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(kith_flags INTERFACE)
target_include_directories(kith_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(kith_flags INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -fdiagnostics-color=auto)
# g++ 12 sees overlaps in std::string's operator+ that are none when it optimises (GCC bug 105651).
target_compile_options(kith_flags INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
target_link_libraries(kith_flags INTERFACE Threads::Threads)
if(KITH_TEST_SEAMS)
  target_compile_definitions(kith_flags INTERFACE KITH_TEST_SEAMS)
endif()
if(KITH_SANITIZE)
  target_compile_options(kith_flags INTERFACE -fsanitize=${KITH_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kith_flags INTERFACE -fsanitize=${KITH_SANITIZE})
endif()

# kith_pkg(name module…): an imported target PkgConfig::name for Debian packages.
macro(kith_pkg name)
  if(NOT TARGET PkgConfig::${name})
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${ARGN})
  endif()
endmacro()

# kith_library(NAME [SOURCES …] LINKS …): the static library of one place. Its name is the path with
# underscores (federation/vocab → kith_federation_vocab); its link list is the place's row in the
# architecture's table. Without SOURCES it takes the folder's own *.cpp.
function(kith_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  endif()
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC kith_flags ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE kith_flags ${ARG_LINKS})
  endif()
endfunction()
