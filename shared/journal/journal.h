#pragma once

// What this device has decided, in order, and never changed afterwards.
//
// Each event carries its number (1, 2, 3 …) and the hash of the one before, so that a missing,
// edited or repeated event shows. What the event does to the device's own tables is written in the
// same transaction: either both survive a power cut or neither does. On the disk bodies lie sealed;
// the hashes are of the bodies themselves, which hold random bits, so that a hash tells nothing.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/change.h"
#include "shared/domain/event.h"
#include "shared/platform/seal.h"
#include "shared/platform/sqlite.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mado {

// What the database holds is one unbroken piece of the chain, from the oldest event that was not
// forgotten to the newest, and a row that says where both ends are, so that a cut shows as well.
// The journal belongs to the database's thread.

class Journal {
  public:
    // Works inside `database`, which the device's other tables share and which outlives it. Makes
    // its tables where there are none, and reads all events once: Corrupt when a body does not open
    // under `key`, the chain does not verify or an end is missing, Refused when it is another
    // device's.
    static Result<Journal, IoError> open(sqlite::Database& database, DeviceId device,
                                         const SealKey& key);

    // Appends `body`, runs `effect` in the same transaction and syncs to disk. When this returns a
    // value the person may be told; when it returns an error (the effect's own too) nothing has
    // happened. So it is never called inside another transaction. The time is kept beside the
    // event and is not part of the hash.
    using Effect = std::function<Result<void, IoError>(const Envelope&)>;
    Result<Envelope, IoError> append(const std::string& body, Instant now, const Effect& effect);
    // The same for several at once, all or none: one sync to disk for all of them.
    Result<std::vector<Envelope>, IoError> append_all(std::span<const std::string> bodies,
                                                      Instant now, const Effect& effect);

    // Events that the server has not answered, oldest first, at most `count_max`.
    Result<std::vector<Envelope>, IoError> unanswered(std::size_t count_max) const;
    Result<Backlog, IoError> backlog() const;
    // From a number on, answered or not: what a server that lost its tail asks for. Those that
    // were forgotten are not there.
    Result<std::vector<Envelope>, IoError> from(EventNumber number, std::size_t count_max) const;

    // Remembers what the server said and at which feed position it takes effect. Where there is
    // one already, only an answer of a later epoch replaces it; to an event that was forgotten it
    // changes nothing. Refused for an event that there never was. Runs in the caller's transaction.
    Result<void, IoError> remember(const Answer& answer, Instant now);
    // No value where the server has not answered, or the event was forgotten.
    Result<std::optional<Answer>, IoError> answer_to(EventNumber number) const;
    // A restored server may have lost what it answered in an epoch before this one: those events
    // are unanswered again, and so are sent again. Runs in the caller's transaction.
    Result<void, IoError> doubt_answers_before(std::int64_t epoch);

    // Answered events whose position the cursor has not yet passed, and unanswered ones, oldest
    // first: what a device's state is folded over.
    Result<std::vector<Envelope>, IoError> not_passed(FeedPosition cursor) const;
    // Forgets events that were answered before `when` and that the cursor has passed, from the
    // oldest up to the first that must stay. The last event always stays, since the next one
    // carries its hash.
    Result<void, IoError> forget_answered_before(Instant when, FeedPosition cursor);

    // 0 before the first event.
    EventNumber last() const { return last_; }
    // The hash of the last event.
    const Digest& head() const { return head_; }

  private:
    Journal(sqlite::Database& database, DeviceId device, const SealKey& key)
        : database_(&database), device_(device), seal_(key) {}

    Result<Envelope, IoError> envelope_from(const sqlite::Statement& row) const;
    Result<std::vector<Envelope>, IoError> envelopes_from(sqlite::Statement& select) const;
    Result<void, IoError> verify(std::int64_t first, std::int64_t answered_to) const;

    sqlite::Database* database_;
    DeviceId device_;
    Seal seal_;
    EventNumber last_;
    Digest head_ = kChainStart;
};

}  // namespace mado
