#pragma once

// What ends the program when the program itself is wrong.
//
// MADO_CHECK guards invariants, never input: bad input is answered with a Result. It is always on.
// The service manager starts the program again, and the database knows where we were.

namespace mado {

// Writes place and claim to stderr and aborts. Never says a value, which might be personal.
[[noreturn]] void check_failed(const char* claim, const char* file, int line);

}  // namespace mado

#define MADO_CHECK(claim) \
    (static_cast<bool>(claim) ? void(0) : ::mado::check_failed(#claim, __FILE__, __LINE__))
