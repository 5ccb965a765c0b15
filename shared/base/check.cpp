#include "shared/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace mado {

void check_failed(const char* claim, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: this must hold and does not: %s\n", file, line, claim);
    std::abort();
}

}  // namespace mado
