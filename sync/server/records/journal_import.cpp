#include "sync/server/records/journal_import.h"

#include "shared/platform/keys.h"
#include "sync/protocol/signed_head.h"
#include "sync/server/booking/execute.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

// What the server has of a device's events, by number and hash.
class KnownEvents {
  public:
    static Result<KnownEvents, IoError> read(Reads& reads, const Device& device) {
        KnownEvents known(reads, device);
        for (const StoredEnvelope& stray : MADO_TRY(reads.strays(device.id))) {
            known.strays_.emplace(stray.envelope.number, stray.hash);
        }
        return known;
    }

    Result<bool, IoError> holds(const Envelope& event) const {
        if (strays_.contains({event.number, event.hash()})) return true;
        if (event.number > device_.events_known) return false;
        const auto stored = MADO_TRY(reads_->envelope(event.device, event.number));
        return stored && stored->hash == event.hash();
    }

  private:
    KnownEvents(Reads& reads, const Device& device) : reads_(&reads), device_(device) {}

    Reads* reads_;
    Device device_;
    std::set<std::pair<EventNumber, Digest>> strays_;
};

// Why this file is not this device's next word; no value where it is.
std::optional<JournalRefusal> refusal_of(const sync::SignedJournal& file,
                                         const std::optional<Device>& device) {
    const auto& events = file.journal.events;
    const std::string name = "device " + file.journal.device.text();
    if (!device || device->certificate.empty()) {
        return JournalRefusal{1, "this town has no " + name};
    }
    const auto key = public_key_of_certificate(device->certificate);
    if (!key.ok() || !file.signed_by(*key)) {
        return JournalRefusal{events.size() + 2, "this town's " + name + " did not sign it"};
    }
    const std::int64_t expected = device->events_known.number() + 1;
    const bool gap = events.front().number.number() > expected;
    if (gap && device->state == DeviceState::Enrolled) {
        return JournalRefusal{2, "the server needs event " + std::to_string(expected) +
                                     " first: export with --from " + std::to_string(expected)};
    }
    return {};
}

void count(JournalReport& report, const Answer& answer) {
    switch (answer.verdict) {
        case Answer::Verdict::Accepted:
            ++report.accepted;
            break;
        case Answer::Verdict::Worklist:
            ++report.worklist;
            break;
        case Answer::Verdict::Aside:
            ++report.aside;
            break;
    }
}

Result<void, IoError> take_in(Store& store, const KnownEvents& known,
                              std::span<const Envelope> events, const ReadRecord& read_record,
                              JournalReport& report, Instant now) {
    std::set<EventNumber> before;
    for (const Envelope& event : events) {
        if (MADO_TRY(known.holds(event))) before.insert(event.number);
    }
    const IngestEvents push{report.device, received({events.begin(), events.end()}, read_record),
                            Interpretation::On, Way::File};
    const Outcome outcome = execute(store, push, now);
    if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
    const auto* ingested = std::get_if<EventsIngested>(&outcome);
    if (ingested == nullptr || ingested->answers.size() != events.size()) {
        return fail(IoError{IoError::Kind::Unavailable,
                            "journal: the device changed while its file was taken in; try again"});
    }
    for (const Answer& answer : ingested->answers) {
        if (before.contains(answer.number)) {
            ++report.known;
        } else {
            count(report, answer);
        }
    }
    report.fenced = ingested->fenced;
    return {};
}

Result<void, IoError> sign_chain(Store& store, Reads& reads, DeviceId device,
                                 const sync::Sign& sign, Instant now) {
    const auto chain = MADO_TRY(reads.chain(device));
    if (!chain || chain->is_signed_whole()) return {};
    const FeedPosition position = MADO_TRY(reads.position());
    const ChainEnd& end = chain->end;
    const SignedHead head =
        sync::sign_head(device, {position.epoch, end.events_known, end.head, {}}, sign);
    const Outcome outcome = execute(store, KeepSignedHead{device, head}, now);
    if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
    return {};
}

}  // namespace

Result<std::variant<JournalReport, JournalRefusal>, IoError> import_journal(
    Store& store, Reads& reads, std::string_view text, const sync::Sign& sign,
    const ReadRecord& read_record, Instant now) {
    using Fared = std::variant<JournalReport, JournalRefusal>;
    const auto file = sync::parse_journal_file(text);
    if (!file.ok()) return Fared(JournalRefusal{file.error().line, file.error().what});
    const sync::JournalFile& journal = file->journal;
    const auto device = MADO_TRY(reads.device(journal.device));
    if (auto refusal = refusal_of(*file, device)) return Fared(std::move(*refusal));

    const KnownEvents known = MADO_TRY(KnownEvents::read(reads, *device));
    JournalReport report;
    report.device = journal.device;
    report.events = static_cast<int>(journal.events.size());
    for (std::span<const Envelope> rest(journal.events); !rest.empty();) {
        const auto piece = rest.first(std::min(rest.size(), sync::kEventsMax));
        MADO_TRY(take_in(store, known, piece, read_record, report, now));
        rest = rest.subspan(piece.size());
    }
    if (sign) MADO_TRY(sign_chain(store, reads, journal.device, sign, now));
    return Fared(report);
}

}  // namespace mado::server
