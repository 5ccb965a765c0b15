#include "sync/device/journal_export.h"

#include "shared/platform/files.h"
#include "sync/device/device_store.h"
#include "sync/device/enrolment.h"
#include "sync/protocol/journal_file.h"

namespace mado::device {

Result<std::optional<JournalExport>, IoError> export_journal(const std::filesystem::path& folder,
                                                             const std::filesystem::path& file,
                                                             std::optional<EventNumber> from) {
    std::error_code ignored;
    const auto target = std::filesystem::status(file, ignored);
    if (std::filesystem::exists(target) && !std::filesystem::is_regular_file(target)) {
        return fail(IoError{IoError::Kind::Refused, file.string() + ": not a file to write to"});
    }
    auto enrolled = MADO_TRY(load_identity(folder));
    const auto sign = enrolled.identity.signer.sign;
    const DeviceId device = enrolled.identity.device;
    auto store = MADO_TRY(DeviceStore::open(folder, std::move(enrolled.identity)));
    if (from && *from > store.last_event()) {
        return fail(IoError{IoError::Kind::Refused, "journal: there is no event " + from->text() +
                                                        "; the last is " +
                                                        store.last_event().text()});
    }
    auto events = MADO_TRY(store.events(from, sync::kJournalFileEventsMax + 1));
    if (events.empty()) return std::optional<JournalExport>();
    if (events.size() > sync::kJournalFileEventsMax) {
        return fail(IoError{IoError::Kind::Full, "journal: more events than one file takes"});
    }
    if (from && events.front().number != *from) {
        return fail(IoError{IoError::Kind::Refused,
                            "journal: the oldest event that is still here "
                            "is " +
                                events.front().number.text()});
    }
    const JournalExport exported{device, events.front().number, events.back().number};
    const auto text = sync::write_journal_file({device, std::move(events)}, sign);
    MADO_TRY(write_file(file, text, Visibility::AsTheDiskKeepsIt));
    return std::optional(exported);
}

}  // namespace mado::device
