#pragma once
// The only door to RapidJSON, for the .cpp files of this folder. An assertion of it that fails is
// our own bug (view.cpp asks for the type before each access); it must not end the process, and in
// a release build not be passed over in silence either: it becomes an exception, which the edges
// catch.
#include <stdexcept>

#define RAPIDJSON_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : throw std::logic_error("rapidjson: " #condition))
#define RAPIDJSON_HAS_CXX11_RVALUE_REFS 1
#define RAPIDJSON_HAS_CXX11_NOEXCEPT 0  // an assertion may throw through them

// No RAPIDJSON_SSE2 or _NEON: in 1.1.0 these pass U+001A to U+001F unescaped, and gain little here.
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
