// Whatever a device does and wherever its power is cut, the journal holds every event that was
// promised, with its effect, its answer and nothing else.

#include "shared/journal/journal.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mado {
namespace {

using sqlite::Access;
using sqlite::Database;
using tests::Dice;
using tests::ScratchFolder;

constexpr DeviceId kDevice{7};
constexpr SealKey kKey{1, 2, 3};

struct Counts {
    int appends = 0;
    int refused_effects = 0;
    int answers = 0;
    int forgotten = 0;
    int doubted = 0;
    int reopens = 0;
    int kills = 0;
    int kills_in_the_effect = 0;
    int torn_writes = 0;
    int torn_checkpoints = 0;
};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// What would be on the disk if the power went now. The -shm file is rebuilt from these two.
struct Disk {
    std::string database;
    std::string log;
};

// The bytes of `before`, overwritten by the first `count` of `after`.
std::string torn(const std::string& before, const std::string& after, std::size_t count) {
    std::string mixed = after.substr(0, count);
    if (before.size() > count) mixed += before.substr(count);
    return mixed;
}

struct Promised {
    Envelope envelope;
    std::optional<Answer> answer;
    Instant answered_at;
};

class World {
  public:
    World(std::uint64_t seed, Counts& counts) : dice_(seed), counts_(counts) {
        open();
        MADO_CHECK(database_->execute("CREATE TABLE effect (number INTEGER) STRICT").ok());
    }

    void live(int steps) {
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i)
            step();
        reopen();
    }

  private:
    void step() {
        now_ += std::chrono::minutes(dice_.below(600));
        const int chosen = dice_.below(100);
        if (chosen < 35) return append(1);
        if (chosen < 40) return append(dice_.between(0, 6));
        if (chosen < 48) return append_with_a_power_cut();
        if (chosen < 53) return append_and_refuse();
        if (chosen < 80) return answer();
        if (chosen < 84) return forget();
        if (chosen < 86) return begin_an_epoch();
        if (chosen < 92) return kill();
        if (chosen < 96) return reopen();
        compare(*journal_);
    }

    void open() {
        database_ = Database::open(folder_ / "a.db", Access::ReadWrite).value();
        // Small, so that checkpoints come within a test too.
        MADO_CHECK(database_->execute("PRAGMA wal_autocheckpoint = 24").ok());
        journal_ = Journal::open(*database_, kDevice, kKey).value();
    }

    void reopen() {
        ++counts_.reopens;
        journal_.reset();
        database_.reset();
        open();
        compare(*journal_);
    }

    std::vector<std::string> bodies(int count) {
        std::vector<std::string> made;
        for (int i = 0; i < count; ++i) {
            std::string body(static_cast<std::size_t>(dice_.percent(5) ? 9000 : dice_.below(400)),
                             '\0');
            dice_.fill({reinterpret_cast<std::uint8_t*>(body.data()), body.size()});
            made.push_back(std::move(body));
        }
        return made;
    }

    Result<void, IoError> effect(const Envelope& event) {
        auto insert = database_->prepare("INSERT INTO effect VALUES (?)").value();
        return insert.bind(1, event.number.number()).run();
    }

    void append(int count) {
        const auto texts = bodies(count);
        const auto appended = journal_->append_all(texts, now_, [&](const Envelope& event) {
            if (dice_.percent(4)) kill_in_the_effect();
            return effect(event);
        });
        ASSERT_TRUE(appended.ok()) << appended.error().what;
        promise(*appended);
    }

    void promise(const std::vector<Envelope>& appended) {
        for (const Envelope& event : appended)
            promised_.push_back({event, {}, {}});
        counts_.appends += static_cast<int>(appended.size());
    }

    void append_and_refuse() {
        ++counts_.refused_effects;
        const auto texts = bodies(dice_.between(1, 3));
        const auto appended =
            journal_->append_all(texts, now_, [&](const Envelope& event) -> Result<void, IoError> {
                MADO_TRY(effect(event));
                if (event.body == texts.back()) return fail(IoError{IoError::Kind::Refused, "no"});
                return {};
            });
        ASSERT_FALSE(appended.ok());
        compare(*journal_);
    }

    Disk disk() const { return {content_of(folder_ / "a.db"), content_of(folder_ / "a.db-wal")}; }

    void kill() {
        ++counts_.kills;
        comes_back(disk(), {});
    }

    void kill_in_the_effect() {
        ++counts_.kills_in_the_effect;
        comes_back(disk(), {});
    }

    // The append returns, and then we look at what the disk might hold had the power gone in the
    // middle of its writing.
    void append_with_a_power_cut() {
        const Disk before = disk();
        const auto appended =
            journal_->append_all(bodies(dice_.between(1, 3)), now_,
                                 [&](const Envelope& event) { return effect(event); });
        ASSERT_TRUE(appended.ok());
        const Disk after = disk();
        if (before.database == after.database) {
            ++counts_.torn_writes;
            const auto count =
                static_cast<std::size_t>(dice_.below(static_cast<int>(after.log.size())));
            comes_back({before.database, torn(before.log, after.log, count)}, *appended);
        } else {
            // A checkpoint: the log was whole and synced before the first page was moved.
            ++counts_.torn_checkpoints;
            const auto count =
                static_cast<std::size_t>(dice_.below(static_cast<int>(after.database.size())));
            promise(*appended);
            return comes_back({torn(before.database, after.database, count), after.log}, {});
        }
        promise(*appended);
    }

    // Starts from such a disk: everything promised is there; of what was `under_way`, all or none.
    void comes_back(const Disk& from, const std::vector<Envelope>& under_way) {
        const ScratchFolder copy;
        std::ofstream(copy / "a.db", std::ios::binary) << from.database;
        std::ofstream(copy / "a.db-wal", std::ios::binary) << from.log;
        auto database = Database::open(copy / "a.db", Access::ReadWrite);
        ASSERT_TRUE(database.ok()) << database.error().what;
        auto journal = Journal::open(*database, kDevice, kKey);
        ASSERT_TRUE(journal.ok()) << journal.error().what;

        const auto promised = promised_;
        if (!under_way.empty() && journal->last() == under_way.back().number) {
            for (const Envelope& event : under_way)
                promised_.push_back({event, {}, {}});
        }
        compare(*journal);
        auto effects =
            database->prepare("SELECT count(*), coalesce(max(number), 0) FROM effect").value();
        EXPECT_TRUE(effects.step().value());
        EXPECT_EQ(effects.integer(0), static_cast<std::int64_t>(promised_.size()));
        EXPECT_EQ(effects.integer(1), static_cast<std::int64_t>(promised_.size()));
        promised_ = promised;
    }

    void answer() {
        if (promised_.empty()) return;
        // Mostly in order, sometimes anywhere, sometimes again.
        auto open = std::find_if(promised_.begin(), promised_.end(),
                                 [](const Promised& one) { return !one.answer; });
        if (open == promised_.end() || dice_.percent(25)) {
            open = promised_.begin() + dice_.below(static_cast<int>(promised_.size()));
        }
        const FeedPosition position{dice_.percent(5) ? epoch_ - 1 : epoch_, ++feed_};
        const Answer answer{open->envelope.number, static_cast<Answer::Verdict>(dice_.below(3)),
                            dice_.percent(50) ? "doubled" : "", position};
        ASSERT_TRUE(journal_->remember(answer, now_).ok());
        const bool there = open->envelope.number >= first_;
        if (there && (!open->answer || open->answer->position.epoch < position.epoch)) {
            open->answer = answer;
            open->answered_at = now_;
            ++counts_.answers;
        }
    }

    FeedPosition some_cursor() {
        return {epoch_ - dice_.below(2), feed_ - dice_.below(10) + (dice_.percent(50) ? 5 : 0)};
    }

    void forget() {
        const FeedPosition cursor = some_cursor();
        const Instant when = now_ - std::chrono::hours(dice_.below(48));
        ASSERT_TRUE(journal_->forget_answered_before(when, cursor).ok());
        while (first_.number() < static_cast<std::int64_t>(promised_.size())) {
            const Promised& oldest = promised_[static_cast<std::size_t>(first_.number() - 1)];
            if (!oldest.answer || oldest.answered_at >= when || oldest.answer->position > cursor)
                break;
            first_ = EventNumber(first_.number() + 1);
            ++counts_.forgotten;
        }
        compare(*journal_);
    }

    void begin_an_epoch() {
        ++epoch_;
        ASSERT_TRUE(journal_->doubt_answers_before(epoch_).ok());
        for (Promised& one : promised_) {
            if (one.envelope.number < first_ || !one.answer || one.answer->position.epoch >= epoch_)
                continue;
            one.answer.reset();
            ++counts_.doubted;
        }
    }

    void compare(const Journal& journal) {
        const FeedPosition cursor = some_cursor();
        std::vector<Envelope> kept;
        std::vector<Envelope> unanswered;
        std::vector<Envelope> not_passed;
        for (const Promised& one : promised_) {
            if (one.envelope.number < first_) continue;
            kept.push_back(one.envelope);
            if (!one.answer) unanswered.push_back(one.envelope);
            if (!one.answer || one.answer->position > cursor) not_passed.push_back(one.envelope);
            EXPECT_EQ(journal.answer_to(one.envelope.number).value(), one.answer);
        }
        EXPECT_EQ(journal.from(EventNumber(0), 1'000'000).value(), kept);
        EXPECT_EQ(journal.unanswered(1'000'000).value(), unanswered);
        EXPECT_EQ(journal.backlog()->unanswered, unanswered.size());
        EXPECT_EQ(journal.not_passed(cursor).value(), not_passed);
        EXPECT_EQ(journal.last().number(), static_cast<std::int64_t>(promised_.size()));
        EXPECT_EQ(journal.head(),
                  promised_.empty() ? kChainStart : promised_.back().envelope.hash());
    }

    Dice dice_;
    Counts& counts_;
    ScratchFolder folder_;
    std::optional<Database> database_;
    std::optional<Journal> journal_;

    Instant now_ = tests::now();
    std::int64_t epoch_ = 1;
    std::int64_t feed_ = 0;
    std::vector<Promised> promised_;
    EventNumber first_{1};
};

TEST(JournalProperty, EveryEventThatWasPromisedIsThereWhereverThePowerWasCut) {
    Counts counts;
    const auto seeds = tests::seeds(15);
    for (const auto seed : seeds) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        World(seed, counts).live(120);
        if (HasFailure()) return;
    }
    if (seeds.size() < 15) return;
    EXPECT_GT(counts.appends, 600);
    EXPECT_GT(counts.refused_effects, 40);
    EXPECT_GT(counts.answers, 200);
    EXPECT_GT(counts.forgotten, 50);
    EXPECT_GT(counts.doubted, 25);
    EXPECT_GT(counts.reopens, 40);
    EXPECT_GT(counts.kills, 50);
    EXPECT_GT(counts.kills_in_the_effect, 15);
    EXPECT_GT(counts.torn_writes, 50);
    EXPECT_GT(counts.torn_checkpoints, 10);
}

}  // namespace
}  // namespace mado
