#include "kiosk/shell/process.h"

#include "shared/platform/thread_name.h"

#include <utility>

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mado::kiosk {
namespace {

sigset_t stopping_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

}  // namespace

void forbid_core_files() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

void hold_back_stop_signals() {
    const sigset_t signals = stopping_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

StopSignal::StopSignal(std::function<void()> wake) : wake_(std::move(wake)) {
    waiting_ = std::thread([this, signals = stopping_signals()] {
        name_this_thread("waiting");
        int which = 0;
        sigwait(&signals, &which);
        if (over_) return;
        came_ = true;
        wake_();
    });
}

StopSignal::~StopSignal() {
    over_ = true;
    // Wakes the thread where no signal has come; where one has, it has ended and this is nothing.
    pthread_kill(waiting_.native_handle(), SIGTERM);
    waiting_.join();
}

std::filesystem::path default_share_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return "/usr/share/madoguchi";
    return program.parent_path().parent_path() / "share" / "madoguchi";
}

}  // namespace mado::kiosk
