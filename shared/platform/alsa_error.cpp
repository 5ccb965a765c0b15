#include "shared/platform/alsa_error.h"

#include <mutex>

#include <alsa/asoundlib.h>

namespace mado {

IoError alsa_error(const std::string& what, int code) {
    return {IoError::Kind::Unavailable, what + ": " + snd_strerror(code)};
}

namespace {

void say_nothing(const char*, int, const char*, int, const char*, ...) {}

}  // namespace

void silence_alsa() {
    static std::once_flag once;
    std::call_once(once, [] { snd_lib_error_set_handler(say_nothing); });
}

}  // namespace mado
