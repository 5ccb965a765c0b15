#include "kiosk/shell/enrol_kiosk.h"

#include "kiosk/shell/log.h"
#include "kiosk/shell/process.h"
#include "shared/platform/folder_lock.h"
#include "sync/device/enrolment.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace mado::kiosk {

Result<DeviceId, IoError> enrol_kiosk(const EnrolOptions& options) {
    const auto code = sync::EnrolmentCode::parse(options.code);
    if (!code) {
        return fail(IoError{IoError::Kind::Refused,
                            "this is no enrolment code; copy it whole, as the server printed it"});
    }
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    const FolderLock lock = MADO_TRY(FolderLock::take(options.folder, "kiosk"));

    std::mutex mutex;
    std::condition_variable changed;
    const StopSignal stop([&] { changed.notify_all(); });
    device::EnrolmentHooks hooks;
    hooks.show_fingerprint = [](const std::string& fingerprint) {
        log_line("this device's fingerprint is " + fingerprint);
        log_line("waiting until staff have compared and confirmed it at the server");
    };
    hooks.pause = [&] {
        std::unique_lock held(mutex);
        changed.wait_for(held, std::chrono::seconds(1), [&] { return stop.came(); });
        return !stop.came();
    };
    return device::enrol({*code, "kiosk", options.name, options.folder}, hooks);
}

}  // namespace mado::kiosk
