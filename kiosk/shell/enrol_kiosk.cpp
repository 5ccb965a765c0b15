#include "kiosk/shell/enrol_kiosk.h"

#include "kiosk/shell/log.h"
#include "kiosk/shell/process.h"
#include "shared/platform/folder_lock.h"
#include "sync/device/device_store.h"
#include "sync/device/enrolment.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace mado::kiosk {
namespace {

Result<void, IoError> check_nothing_unsent(const std::filesystem::path& folder) {
    if (!device::is_enrolled(folder)) return {};
    auto enrolled = MADO_TRY(device::load_identity(folder));
    const DeviceId device = enrolled.identity.device;
    const auto store = MADO_TRY(device::DeviceStore::open(folder, std::move(enrolled.identity)));
    const std::size_t unsent = store.backlog().unanswered;
    if (unsent == 0) return {};
    return fail(IoError{IoError::Kind::Refused,
                        "device " + device.text() + " of this folder has events that the server " +
                            "has not answered (" + std::to_string(unsent) +
                            "): let it run until they are sent, or carry them over with " +
                            "\"journal export\""});
}

}  // namespace

Result<DeviceId, IoError> enrol_kiosk(const EnrolOptions& options) {
    const auto code = sync::EnrolmentCode::parse(options.code);
    if (!code) {
        return fail(IoError{IoError::Kind::Refused,
                            "this is no enrolment code; copy it whole, letter by letter, as the "
                            "server printed it"});
    }
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    const FolderLock lock = MADO_TRY(FolderLock::take(options.folder, "kiosk"));
    if (const auto unsent = check_nothing_unsent(options.folder);
        !unsent.ok() && !options.leave_unsent) {
        IoError refusal = unsent.error();
        refusal.what += "; --leave-unsent enrols all the same and leaves them behind";
        return fail(refusal);
    }

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
