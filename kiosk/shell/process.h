#pragma once

// What the operating system is to know of this program: that it leaves no core files, and how it is
// asked to end.

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

namespace mado::kiosk {

// A core file would hold the ticket of whoever stood there.
void forbid_core_files();

// Spares this thread, and all that it makes from now on, SIGTERM and SIGINT: StopSignal waits for
// them instead. Called first in main().
void hold_back_stop_signals();

// Turns SIGTERM and SIGINT into a flag and a call of `wake`.
class StopSignal {
  public:
    explicit StopSignal(std::function<void()> wake);
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    bool came() const { return came_; }

  private:
    std::function<void()> wake_;
    std::atomic<bool> came_{false};
    std::atomic<bool> over_{false};
    std::thread waiting_;
};

// <folder of this program>/../share/madoguchi
std::filesystem::path default_share_folder();

}  // namespace mado::kiosk
