#pragma once

// Names threads for whoever looks at a running program: `top -H`, a debugger, /proc.

namespace mado {

// Names the calling thread. Linux keeps the first 15 bytes.
void name_this_thread(const char* name);

}  // namespace mado
