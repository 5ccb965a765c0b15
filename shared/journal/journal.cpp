#include "shared/journal/journal.h"

#include "shared/base/check.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace mado {

namespace {

using sqlite::Database;
using sqlite::Statement;

// `answered_to`: every event up to it has an answer, so that the unanswered ones are found without
// an index, which each append would have to write.
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS journal (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    device INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= first - 1),
    head BLOB NOT NULL CHECK (length(head) = 32),
    answered_to INTEGER NOT NULL CHECK (answered_to BETWEEN 0 AND last)
) STRICT;
CREATE TABLE IF NOT EXISTS journal_event (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    body BLOB NOT NULL,
    appended_at INTEGER NOT NULL,
    verdict INTEGER,
    reason TEXT,
    epoch INTEGER,
    position INTEGER,
    answered_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS journal_event_position ON journal_event (epoch, position)
    WHERE epoch IS NOT NULL;
CREATE INDEX IF NOT EXISTS journal_event_aside ON journal_event (appended_at) WHERE verdict = 2;
)";

struct Ends {
    DeviceId device;
    std::int64_t first = 1;
    std::int64_t last = 0;
    Digest head = kChainStart;
    std::int64_t answered_to = 0;
};

Failure<IoError> corrupt(const std::string& what) {
    return fail(IoError{IoError::Kind::Corrupt, "journal: " + what});
}

Result<Digest, IoError> digest_from(const Statement& row, int column) {
    const auto bytes = row.blob(column);
    Digest digest{};
    if (bytes.size() != digest.size()) return corrupt("a hash of another length");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

// A body is sealed to its place.
std::string context_of(DeviceId device, EventNumber number) {
    return device.text() + "/" + number.text();
}

std::int64_t limit(std::size_t count_max) {
    constexpr std::size_t kLimitMax = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int64_t>(std::min(count_max, kLimitMax));
}

std::int64_t milliseconds(Instant instant) {
    return instant.time_since_epoch().count();
}

Result<std::optional<Ends>, IoError> read_ends(Database& database) {
    auto select =
        MADO_TRY(database.prepare("SELECT device, first, last, head, answered_to FROM journal"));
    const bool found = MADO_TRY(select.step());
    if (!found) return std::optional<Ends>();
    const Digest head = MADO_TRY(digest_from(select, 3));
    return std::optional<Ends>(Ends{DeviceId(select.integer(0)), select.integer(1),
                                    select.integer(2), head, select.integer(4)});
}

Result<Ends, IoError> read_or_make_ends(Database& database, DeviceId device) {
    auto ends = MADO_TRY(read_ends(database));
    if (ends) return *ends;
    // Where events are and their ends are not, verify() says so.
    auto insert =
        MADO_TRY(database.prepare("INSERT INTO journal (id, device, first, last, head, "
                                  "answered_to) VALUES (1, ?, 1, 0, ?, 0)"));
    MADO_TRY(insert.bind(1, device.number()).bind(2, kChainStart).run());
    return Ends{device, 1, 0, kChainStart, 0};
}

// The events up to the first unanswered one have an answer now.
Result<void, IoError> move_answered_to(Database& database) {
    auto update = MADO_TRY(database.prepare(
        "UPDATE journal SET answered_to = coalesce("
        "    (SELECT number - 1 FROM journal_event WHERE number > answered_to AND verdict IS NULL"
        "     ORDER BY number LIMIT 1), last)"));
    return update.run();
}

}  // namespace

Result<Journal, IoError> Journal::open(Database& database, DeviceId device, const SealKey& key) {
    Ends ends;
    const auto make = [&]() -> Result<void, IoError> {
        MADO_TRY(database.execute(kTables));
        ends = MADO_TRY(read_or_make_ends(database, device));
        return {};
    };
    MADO_TRY(database.transaction(make));
    if (ends.device != device) {
        return fail(IoError{IoError::Kind::Refused,
                            "journal: of device " + ends.device.text() + ", not " + device.text()});
    }
    Journal journal(database, device, key);
    journal.last_ = EventNumber(ends.last);
    journal.head_ = ends.head;
    MADO_TRY(journal.verify(ends.first, ends.answered_to));
    return journal;
}

// From columns 0 to 2: number, previous, body.
Result<Envelope, IoError> Journal::envelope_from(const Statement& row) const {
    const EventNumber number(row.integer(0));
    const Digest previous = MADO_TRY(digest_from(row, 1));
    auto body = seal_.open(context_of(device_, number), row.blob(2));
    if (!body) return corrupt("event " + number.text() + " does not open");
    return Envelope{device_, number, previous, std::move(*body)};
}

Result<std::vector<Envelope>, IoError> Journal::envelopes_from(Statement& select) const {
    std::vector<Envelope> found;
    while (MADO_TRY(select.step()))
        found.push_back(MADO_TRY(envelope_from(select)));
    return found;
}

// Every event from first to last is there, carries the hash of the one before, and the newest has
// the hash of the head.
Result<void, IoError> Journal::verify(std::int64_t first, std::int64_t answered_to) const {
    auto select = MADO_TRY(database_->prepare(
        "SELECT number, previous, body, verdict IS NULL FROM journal_event ORDER BY number"));
    std::int64_t expected = first;
    std::optional<Digest> previous;
    if (first == 1) previous = kChainStart;
    for (;;) {
        const bool row = MADO_TRY(select.step());
        if (!row) break;
        const Envelope event = MADO_TRY(envelope_from(select));
        if (event.number.number() != expected)
            return corrupt("event " + std::to_string(expected) + " is missing");
        if (previous && event.previous != *previous) {
            return corrupt("event " + event.number.text() + " does not follow the one before");
        }
        if (select.integer(3) != 0 && expected <= answered_to) {
            return corrupt("the answer to event " + event.number.text() + " is missing");
        }
        previous = event.hash();
        ++expected;
    }
    if (expected != last_.number() + 1)
        return corrupt("event " + std::to_string(expected) + " is missing");
    if (previous && *previous != head_)
        return corrupt("the last event is not the one that was written");
    return {};
}

Result<Envelope, IoError> Journal::append(const std::string& body, Instant now,
                                          const Effect& effect) {
    auto appended = MADO_TRY(append_all(std::span(&body, 1), now, effect));
    return std::move(appended.front());
}

Result<std::vector<Envelope>, IoError> Journal::append_all(std::span<const std::string> bodies,
                                                           Instant now, const Effect& effect) {
    MADO_CHECK(!database_->in_transaction());
    std::vector<Envelope> appended;
    Digest head = head_;
    const auto write = [&]() -> Result<void, IoError> {
        auto insert = MADO_TRY(database_->prepare(
            "INSERT INTO journal_event (number, previous, body, appended_at) VALUES (?, ?, ?, ?)"));
        for (const std::string& body : bodies) {
            const auto number = last_.number() + static_cast<std::int64_t>(appended.size()) + 1;
            const Envelope event{device_, EventNumber(number), head, body};
            insert.bind(1, number).bind(2, event.previous);
            insert.bind(3, seal_.close(context_of(device_, event.number), event.body));
            MADO_TRY(insert.bind(4, milliseconds(now)).run());
            MADO_TRY(effect(event));
            head = event.hash();
            appended.push_back(event);
        }
        auto update = MADO_TRY(database_->prepare("UPDATE journal SET last = last + ?, head = ?"));
        update.bind(1, static_cast<std::int64_t>(appended.size())).bind(2, head);
        return update.run();
    };
    MADO_TRY(database_->transaction(write));
    if (!appended.empty()) last_ = appended.back().number;
    head_ = head;
    return appended;
}

Result<std::vector<Envelope>, IoError> Journal::unanswered(std::size_t count_max) const {
    auto select = MADO_TRY(
        database_->prepare("SELECT number, previous, body FROM journal_event"
                           " WHERE number > (SELECT answered_to FROM journal) AND verdict IS NULL"
                           " ORDER BY number LIMIT ?"));
    select.bind(1, limit(count_max));
    return envelopes_from(select);
}

Result<Backlog, IoError> Journal::backlog() const {
    auto select = MADO_TRY(database_->prepare(
        "SELECT count(*), min(appended_at) FROM journal_event"
        " WHERE number > (SELECT answered_to FROM journal) AND verdict IS NULL"
        " UNION ALL SELECT count(*), min(appended_at) FROM journal_event WHERE verdict = 2"));
    Backlog backlog;
    MADO_TRY(select.step());
    backlog.unanswered = static_cast<std::size_t>(select.integer(0));
    if (!select.is_null(1)) backlog.unanswered_since = Instant(Milliseconds(select.integer(1)));
    MADO_TRY(select.step());
    backlog.aside = static_cast<std::size_t>(select.integer(0));
    if (!select.is_null(1)) backlog.aside_since = Instant(Milliseconds(select.integer(1)));
    return backlog;
}

Result<std::vector<Envelope>, IoError> Journal::from(EventNumber number,
                                                     std::size_t count_max) const {
    auto select = MADO_TRY(
        database_->prepare("SELECT number, previous, body FROM journal_event WHERE number >= ?"
                           " ORDER BY number LIMIT ?"));
    select.bind(1, number.number()).bind(2, limit(count_max));
    return envelopes_from(select);
}

Result<void, IoError> Journal::remember(const Answer& answer, Instant now) {
    if (answer.number < EventNumber(1) || answer.number > last_) {
        return fail(IoError{
            IoError::Kind::Refused,
            "journal: an answer to event " + answer.number.text() + ", which there never was"});
    }
    return database_->transaction([&]() -> Result<void, IoError> {
        auto update = MADO_TRY(database_->prepare(
            "UPDATE journal_event"
            " SET verdict = ?1, reason = ?2, epoch = ?3, position = ?4, answered_at = ?5"
            " WHERE number = ?6 AND (verdict IS NULL OR epoch < ?3)"));
        update.bind(1, static_cast<std::int64_t>(answer.verdict)).bind(2, answer.reason);
        update.bind(3, answer.position.epoch).bind(4, answer.position.number);
        update.bind(5, milliseconds(now)).bind(6, answer.number.number());
        MADO_TRY(update.run());
        if (database_->changes() == 0) return {};
        return move_answered_to(*database_);
    });
}

Result<std::optional<Answer>, IoError> Journal::answer_to(EventNumber number) const {
    auto select =
        MADO_TRY(database_->prepare("SELECT verdict, reason, epoch, position FROM journal_event"
                                    " WHERE number = ? AND verdict IS NOT NULL"));
    select.bind(1, number.number());
    const bool found = MADO_TRY(select.step());
    if (!found) return std::optional<Answer>();
    const auto verdict = select.integer(0);
    if (verdict < 0 || verdict > static_cast<std::int64_t>(Answer::Verdict::Aside)) {
        return corrupt("the answer to event " + number.text() + " is no verdict");
    }
    return std::optional<Answer>(Answer{number,
                                        static_cast<Answer::Verdict>(verdict),
                                        select.text(1),
                                        {select.integer(2), select.integer(3)}});
}

Result<void, IoError> Journal::doubt_answers_before(std::int64_t epoch) {
    return database_->transaction([&]() -> Result<void, IoError> {
        auto doubt = MADO_TRY(database_->prepare(
            "UPDATE journal_event SET verdict = NULL, reason = NULL, epoch = NULL,"
            " position = NULL, answered_at = NULL WHERE epoch IS NOT NULL AND epoch < ?"));
        MADO_TRY(doubt.bind(1, epoch).run());
        auto back = MADO_TRY(database_->prepare("UPDATE journal SET answered_to = first - 1"));
        MADO_TRY(back.run());
        return move_answered_to(*database_);
    });
}

Result<std::vector<Envelope>, IoError> Journal::not_passed(FeedPosition cursor) const {
    auto select = MADO_TRY(
        database_->prepare("SELECT number, previous, body FROM journal_event"
                           " WHERE number > (SELECT answered_to FROM journal) AND verdict IS NULL"
                           " UNION ALL SELECT number, previous, body FROM journal_event"
                           " WHERE epoch IS NOT NULL AND (epoch, position) > (?, ?)"
                           " ORDER BY number"));
    select.bind(1, cursor.epoch).bind(2, cursor.number);
    return envelopes_from(select);
}

Result<void, IoError> Journal::forget_answered_before(Instant when, FeedPosition cursor) {
    return database_->transaction([&]() -> Result<void, IoError> {
        auto stay = MADO_TRY(database_->prepare(
            "UPDATE journal SET first = coalesce("
            "    (SELECT number FROM journal_event WHERE number < last"
            "     AND (verdict IS NULL OR answered_at >= ? OR (epoch, position) > (?, ?))"
            "     ORDER BY number LIMIT 1), max(last, 1))"));
        stay.bind(1, milliseconds(when)).bind(2, cursor.epoch).bind(3, cursor.number);
        MADO_TRY(stay.run());
        auto forget = MADO_TRY(database_->prepare(
            "DELETE FROM journal_event WHERE number < (SELECT first FROM journal)"));
        return forget.run();
    });
}

}  // namespace mado
