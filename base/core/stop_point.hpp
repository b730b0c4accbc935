#pragma once

namespace kith {

// A named place where a test may end the process as a power cut would: with SIGKILL, at the n-th
// pass of the point that the environment's KITH_TEST_STOP=point[:n] names. Compiled away without
// KITH_TEST_SEAMS.
#ifdef KITH_TEST_SEAMS
void stop_point(const char* name);
#else
inline void stop_point(const char*) {}
#endif

}  // namespace kith
