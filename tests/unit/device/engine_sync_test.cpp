#include "tests/support/device_in_town.h"

#include <fstream>

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using device::Lane;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class EngineSync : public testing::Test {
  protected:
    EngineSync() {
        for (int day = 1; day <= 3; ++day) {
            for (int time = 0; time < 4; ++time) {
                Slot slot = a_slot(day * 10 + time, in_days(day));
                slot.starts += std::chrono::minutes(15 * time);
                town.put(slot);
            }
        }
        for (int id = 1; id <= 40; ++id)
            town.put(ticket(id), a_resident(id));
    }
    static Ticket ticket(int id) { return a_ticket("00000000" + std::to_string(10 + id)); }
    void go() {
        kiosk.sync();
        kiosk.advance(seconds(1));
        kiosk.sync();
        ASSERT_TRUE(kiosk.status().ready);
        ASSERT_EQ(kiosk.engine().facts().leases.at(SlotId(10)).left(), 4);
    }
    // Sells so many seats while the cable is out.
    void sell_offline(int count, int first_person = 1) {
        const std::array slots = {10, 20, 30};
        for (int i = 0; i < count; ++i) {
            kiosk.book(a_resident(first_person + i),
                       SlotId(slots.at(static_cast<std::size_t>(i / 4))));
            ASSERT_TRUE(kiosk.take<BookingKept>());
        }
    }
    std::int64_t events_kept() {
        auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadOnly).value();
        auto count = database.prepare("SELECT count(*) FROM journal_event").value();
        MADO_CHECK(count.step().value());
        return count.integer(0);
    }
    std::vector<std::string> paths() const {
        std::vector<std::string> found;
        for (const auto& request : kiosk.sent())
            found.push_back(request.path);
        return found;
    }
    // The straight way, with the answers of one lane changed.
    void spoil(Lane which, std::function<HttpResponse(HttpResponse)> change) {
        kiosk.other_end = [=, good = straight_to(town, kiosk.id())](
                              Lane lane,
                              const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
            auto outcome = good(lane, request);
            if (lane != which || !outcome) return outcome;
            return DeviceInTown::Outcome(change(std::move(*outcome).value()));
        };
    }

    ModelServer town;
    DeviceInTown kiosk{town};
};

// ---- what counts as an answer

TEST_F(EngineSync, WhatIsNoAnswerOfOursIsNoNetwork) {
    const std::vector<HttpResponse> portals = {
        {200, "text/html", "<html>Welcome to the hotel</html>"},
        {200, "application/json", "<html>"},
        {200, "application/json", "{\"answers\":[{\"num"},
        {200, "application/json", "{}"},
        {200, "application/json", ""},
        {302, "text/html", ""},
        {500, "application/json", "{\"error\":\"broken\",\"message\":\"sorry\"}"},
        {503, "text/html", "busy"},
        {204, "", ""},
    };
    go();
    kiosk.unplug();
    sell_offline(2);
    for (const auto& portal : portals) {
        kiosk.other_end = always(portal);
        kiosk.advance(seconds(31));
        for (const Lane lane : device::kLanes)
            kiosk.exchange(lane);
        EXPECT_FALSE(kiosk.status().online);
        EXPECT_EQ(kiosk.status().backlog.unanswered, 2U);
        EXPECT_THAT(kiosk.status().trouble, Not(IsEmpty()));
    }
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.status().online);
    EXPECT_THAT(kiosk.status().trouble, IsEmpty());
    EXPECT_THAT(town.bookings(), SizeIs(2));
}

TEST_F(EngineSync, PausesLongerAfterEachFailureAndNotAtAllAfterASuccess) {
    go();
    kiosk.unplug();
    kiosk.forget_sent();
    for (int second = 0; second < 600; ++second) {
        kiosk.advance(seconds(1));
        kiosk.exchange(Lane::Pull);
    }
    EXPECT_THAT(kiosk.sent(), SizeIs(testing::Lt(60U)));
    EXPECT_THAT(kiosk.sent(), SizeIs(testing::Gt(18U)));
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.status().online);
}

TEST_F(EngineSync, NamesTheTimeToWakeAndItIsAheadOfUs) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    for (int i = 0; i < 50; ++i) {
        const Instant wake = kiosk.engine().wake_at();
        EXPECT_GT(wake, kiosk.now);
        EXPECT_LE(wake, kiosk.now + hours(1));
        kiosk.advance(wake - kiosk.now);
        for (const Lane lane : device::kLanes)
            kiosk.exchange(lane);
    }
}

TEST_F(EngineSync, TellsHowFarTheClockIsOff) {
    EXPECT_FALSE(device::clock_is_wrong(kiosk.status())) << "nobody has compared it";
    town.now = kiosk.now + seconds(42);
    kiosk.exchange(Lane::Push);
    EXPECT_EQ(kiosk.status().clock_offset, seconds(42));
    EXPECT_TRUE(device::clock_is_wrong(kiosk.status()));
}

TEST_F(EngineSync, KnowsTheTimeThoughItsClockIsSetWhereNobodyCanBeHeard) {
    go();
    kiosk.unplug();
    const Instant right = kiosk.now;
    for (const Milliseconds by : {-hours(24), hours(24), hours(24), -hours(24)}) {
        kiosk.now += by;
        kiosk.engine().clock_moved(by);
        EXPECT_EQ(kiosk.engine().time(kiosk.now), right);
        EXPECT_EQ(device::clock_is_wrong(kiosk.status()), kiosk.now != right);
    }
}

TEST_F(EngineSync, GoesOnFromItsJournalWhereItStartsWithAClockThatIsBehind) {
    go();
    kiosk.unplug();
    const Instant right = kiosk.now;
    kiosk.now -= hours(24);
    kiosk.restart();
    const Instant from = kiosk.engine().time(kiosk.now);
    EXPECT_LE(right - from, seconds(2)) << "the last that it wrote or heard";
    EXPECT_EQ(kiosk.engine().time(kiosk.now + minutes(3)), from + minutes(3)) << "it goes on";
    kiosk.now += hours(25);
    kiosk.engine().clock_moved(hours(25));
    EXPECT_EQ(kiosk.engine().time(kiosk.now), right + hours(1)) << "somebody set it";
}

TEST_F(EngineSync, LetsTheServerPutRightWhatItWroteADayTooLate) {
    kiosk.now += hours(24);
    kiosk.restart();
    EXPECT_EQ(kiosk.engine().time(kiosk.now), kiosk.now) << "nobody has said otherwise";
    town.now = kiosk.now - hours(24);
    kiosk.exchange(Lane::Push);
    EXPECT_EQ(kiosk.engine().time(kiosk.now), town.now);
}

TEST_F(EngineSync, WaitsForWhatItWroteASecondTooEarly) {
    town.now = kiosk.now - seconds(3);
    const Instant written = kiosk.now;
    kiosk.exchange(Lane::Push);
    kiosk.now -= seconds(3);
    EXPECT_EQ(kiosk.engine().time(kiosk.now), written);
}

TEST_F(EngineSync, CallsNoClockWrongForTenSeconds) {
    town.now = kiosk.now - seconds(10);
    kiosk.exchange(Lane::Push);
    EXPECT_EQ(kiosk.status().clock_offset, -seconds(10));
    EXPECT_FALSE(device::clock_is_wrong(kiosk.status()));
}

TEST_F(EngineSync, TheRightWordsUnderAnotherContentTypeAreNoAnswer) {
    go();
    kiosk.unplug();
    sell_offline(1);
    spoil(Lane::Push, [](HttpResponse response) {
        response.content_type = "text/html";
        return response;
    });
    kiosk.advance(seconds(31));
    kiosk.exchange(Lane::Push);
    EXPECT_FALSE(kiosk.status().online);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 1U);
}

// ---- push

TEST_F(EngineSync, AnAnswerThatWasLostIsAskedForAgainAndHasOneEffect) {
    go();
    kiosk.unplug();
    sell_offline(3);
    bool lose = true;
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        auto outcome = good(lane, request);
        if (lane != Lane::Push || !std::exchange(lose, false)) return outcome;
        return DeviceInTown::Outcome(fail(IoError{IoError::Kind::Unavailable, "cut"}));
    };
    kiosk.advance(seconds(31));
    kiosk.exchange(Lane::Push);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 3U);
    kiosk.advance(seconds(1));
    kiosk.sync();
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_EQ(town.repeats(), 3);
    EXPECT_THAT(town.bookings(), SizeIs(3));
    EXPECT_THAT(town.broken(), IsEmpty());
}

TEST_F(EngineSync, HalvesABatchThatIsRefusedAsTooLarge) {
    go();
    kiosk.unplug();
    sell_offline(11);
    town.events_max = 2;
    kiosk.plug_in();
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_THAT(town.bookings(), SizeIs(11));
}

TEST_F(EngineSync, SendsFromWhereTheServerFoundAGap) {
    go();
    kiosk.unplug();
    sell_offline(2);
    kiosk.plug_in();
    ASSERT_THAT(town.events_of(kiosk.id()), SizeIs(3));
    // The same epoch, and yet the server lost its tail: it says so, and gets all of it again.
    ModelServer older;
    for (const auto& [id, slot] : town.slots()) {
        Slot fresh = slot;
        fresh.seats = seats(10);
        older.put(fresh);
    }
    older.add_device(kiosk.id(), kiosk.identity().roster_key);
    kiosk.unplug();
    sell_offline(1, 20);
    kiosk.other_end = straight_to(older, kiosk.id());
    kiosk.advance(seconds(31));
    for (int i = 0; i < 5; ++i)
        kiosk.exchange(Lane::Push);
    EXPECT_THAT(older.events_of(kiosk.id()), SizeIs(4));
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
}

TEST_F(EngineSync, ShowsTheServersWordToAServerThatAsksForWhatItHad) {
    go();
    SignedHead word{1, EventNumber(1), Digest{1}, {}};
    spoil(Lane::Pull, [&](HttpResponse response) {
        auto page = sync::parse_changes_page(response.body);
        if (!page.ok()) return response;
        page->head = word;
        response.body = sync::to_json(*page);
        return response;
    });
    const auto pushed = [&] {
        std::vector<std::optional<SignedHead>> had;
        for (const auto& request : kiosk.sent()) {
            if (request.path == "/v1/events")
                had.push_back(sync::parse_push_request(request.body, kiosk.id())->had);
        }
        return had;
    };
    for (int person = 1; person <= 2; ++person) {
        kiosk.book(a_resident(person), SlotId(10));
        kiosk.sync();
    }
    EXPECT_THAT(pushed(), Each(std::optional<SignedHead>())) << "nobody asks";

    ModelServer older;
    for (const auto& [id, slot] : town.slots())
        older.put(slot);
    older.add_device(kiosk.id(), kiosk.identity().roster_key);
    kiosk.unplug();
    sell_offline(1, 20);
    kiosk.other_end = straight_to(older, kiosk.id());
    kiosk.advance(seconds(31));
    kiosk.forget_sent();
    for (int i = 0; i < 3; ++i)
        kiosk.exchange(Lane::Push);
    EXPECT_EQ(pushed().back(), word);
}

TEST_F(EngineSync, AServerThatFindsTheSameGapForeverIsNotAskedWithoutPause) {
    go();
    kiosk.unplug();
    sell_offline(1);
    kiosk.other_end = [&](Lane, const HttpRequest&) {
        sync::PushAnswer answer;
        answer.expected = EventNumber(1);
        answer.now = kiosk.now;
        return DeviceInTown::Outcome(HttpResponse{200, "application/json", sync::to_json(answer)});
    };
    kiosk.advance(seconds(31));
    int asked = 0;
    while (asked < 50 && kiosk.exchange(Lane::Push))
        ++asked;
    EXPECT_LT(asked, 4);
}

TEST_F(EngineSync, AServerThatKnowsMoreOfUsThanWeDoHasMetACopyOfThisDisk) {
    go();
    spoil(Lane::Push, [&](HttpResponse) {
        sync::PushAnswer answer;
        answer.expected = EventNumber(100);
        answer.now = kiosk.now;
        return HttpResponse{200, "application/json", sync::to_json(answer)};
    });
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    EXPECT_TRUE(kiosk.status().fenced);
}

TEST_F(EngineSync, AnAnswerToAnEventThatWasNotSentIsNoAnswer) {
    go();
    kiosk.unplug();
    sell_offline(1);
    spoil(Lane::Push, [&](HttpResponse) {
        sync::PushAnswer answer;
        answer.answers = {{EventNumber(77), Answer::Verdict::Accepted, "", {1, 1}}};
        answer.now = kiosk.now;
        return HttpResponse{200, "application/json", sync::to_json(answer)};
    });
    kiosk.advance(seconds(31));
    kiosk.exchange(Lane::Push);
    EXPECT_FALSE(kiosk.status().online);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 1U);
}

TEST_F(EngineSync, ForgetsAnsweredEventsAfterThirtyDaysAndNotBefore) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    kiosk.advance(hours(24 * 29));
    kiosk.sync();
    kiosk.advance(hours(1));
    kiosk.sync();
    const auto before = events_kept();
    EXPECT_GE(before, 2);
    kiosk.advance(hours(24 * 2));
    kiosk.sync();
    kiosk.advance(hours(1));
    kiosk.sync();
    EXPECT_LT(events_kept(), before);
    kiosk.restart();
    kiosk.sync();
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
}

TEST_F(EngineSync, SaysThatItIsGoneWhereAServerAsksForWhatItForgot) {
    go();
    const ModelServer backup = town;
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    for (int day = 0; day < 32; ++day) {
        kiosk.advance(hours(24));
        kiosk.sync();
    }
    // Put back from a backup that is older than all that is still here.
    const Instant now = town.now;
    town = backup;
    town.now = now;
    town.begin_epoch();
    kiosk.advance(seconds(31));
    for (int i = 0; i < 5; ++i) {
        kiosk.sync();
        kiosk.advance(minutes(5));
    }
    EXPECT_TRUE(kiosk.status().fenced);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_GT(kiosk.status().backlog.aside, 0U);
}

TEST_F(EngineSync, ForgetsNothingThatAServerRestoredInALongOutageMayAskFor) {
    go();
    const ModelServer backup = town;
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    ASSERT_THAT(town.bookings(), SizeIs(1));
    const auto before = events_kept();

    kiosk.unplug();
    const Instant now = town.now;
    town = backup;
    town.now = now;
    town.begin_epoch();
    for (int day = 0; day < 40; ++day) {
        kiosk.advance(hours(24));
        kiosk.sync();
    }
    kiosk.restart();
    kiosk.sync();
    EXPECT_GT(events_kept(), before);
    kiosk.plug_in();
    kiosk.advance(seconds(31));
    kiosk.sync();
    EXPECT_FALSE(kiosk.status().fenced);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_THAT(town.bookings(), SizeIs(1));
}

TEST_F(EngineSync, CountsTheDaysOfAnAnswerByTheServersClock) {
    go();
    kiosk.unplug();
    sell_offline(1);
    // Forty days later its battery is dead: it goes on from what it wrote last.
    kiosk.restart();
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](Lane lane,
                                                                const HttpRequest& request) {
        town.now = kiosk.now + hours(24 * 40);
        return good(lane, request);
    };
    kiosk.sync();
    ASSERT_EQ(kiosk.status().backlog.unanswered, 0U);
    const auto before = events_kept();
    kiosk.advance(hours(2));
    kiosk.sync();
    EXPECT_EQ(events_kept(), before - 1) << "all but its first start, of forty days ago";
}

// ---- pull

TEST_F(EngineSync, WaitsForChangesOnlyOnceItHasCaughtUp) {
    town.page_max = 7;
    go();
    bool waited = false;
    for (const auto& path : paths()) {
        if (path.find("/v1/changes") == std::string::npos) continue;
        EXPECT_TRUE(path.ends_with("&wait=25") || (path.ends_with("&wait=0") && !waited)) << path;
        waited = waited || path.ends_with("&wait=25");
    }
    EXPECT_TRUE(waited);
    EXPECT_EQ(kiosk.status().cursor, town.position());
}

TEST_F(EngineSync, TheCursorMovesOnlyFromAfter) {
    go();
    const FeedPosition before = kiosk.status().cursor;
    town.put(a_slot(77, in_days(5)));
    town.put(a_slot(78, in_days(5)));
    spoil(Lane::Pull, [](HttpResponse response) {
        auto page = sync::parse_changes_page(response.body).value();
        page.after.number += 1;
        page.changes.erase(page.changes.begin());
        return HttpResponse{200, "application/json", sync::to_json(page)};
    });
    kiosk.advance(seconds(2));
    kiosk.exchange(Lane::Pull);
    EXPECT_EQ(kiosk.status().cursor, before);
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.engine().facts().slots.contains(SlotId(77)));
}

TEST_F(EngineSync, APageThatTheDiskRefusesMovesNothing) {
    go();
    auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(database
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON booking "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    const FeedPosition before = kiosk.status().cursor;
    town.put(a_slot(77, in_days(5)));
    town.book_elsewhere(PersonId(9), SlotId(77));
    kiosk.advance(seconds(2));
    kiosk.exchange(Lane::Pull);
    EXPECT_EQ(kiosk.status().cursor, before);
    EXPECT_FALSE(kiosk.engine().facts().slots.contains(SlotId(77)));
    ASSERT_TRUE(database.execute("DROP TRIGGER full_disk").ok());
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.engine().facts().slots.contains(SlotId(77)));
    EXPECT_EQ(kiosk.status().cursor, town.position());
}

TEST_F(EngineSync, AnEmptyPageThatComesAtOnceIsNotAskedForWithoutPause) {
    go();
    kiosk.other_end = [&](Lane lane, const HttpRequest& request) {
        return DeviceInTown::Outcome(lane == Lane::Pull ? town.answer(kiosk.id(), request)
                                                        : HttpResponse{500, "", ""});
    };
    kiosk.advance(seconds(2));
    int asked = 0;
    while (asked < 50 && kiosk.exchange(Lane::Pull))
        ++asked;
    EXPECT_LT(asked, 3);
}

// ---- snapshots

TEST_F(EngineSync, ARosterGoesOnWhereItWasCutAlsoAfterARestart) {
    town.range_max = 300;  // forty rows of 35 bytes and a header: several ranges
    int ranges = 0;
    const auto cut_after = [&](int count) {
        kiosk.other_end = [&, count, good = straight_to(town, kiosk.id())](
                              Lane lane,
                              const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
            if (request.path.starts_with("/v1/roster/") && ++ranges > count) {
                return DeviceInTown::Outcome(fail(IoError{IoError::Kind::Unavailable, "cut"}));
            }
            return good(lane, request);
        };
    };
    cut_after(2);
    kiosk.sync();
    EXPECT_FALSE(kiosk.status().ready);
    kiosk.restart();
    kiosk.forget_sent();
    kiosk.plug_in();
    ASSERT_TRUE(kiosk.status().ready);
    EXPECT_EQ(town.snapshots(), 1);
    bool first = true;
    for (const auto& path : paths()) {
        if (!path.starts_with("/v1/roster/")) continue;
        if (std::exchange(first, false)) {
            EXPECT_THAT(path, HasSubstr("?offset=600"));
        }
    }
    EXPECT_FALSE(first);
    EXPECT_TRUE(kiosk.log_in(ticket(5)));
}

TEST_F(EngineSync, ARosterThatIsNotWhatWasAnnouncedIsFetchedAnew) {
    int spoilt = 0;
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        auto outcome = good(lane, request);
        if (!request.path.starts_with("/v1/roster/") || ++spoilt > 1) return outcome;
        auto response = std::move(*outcome).value();
        response.body.back() = static_cast<char>(response.body.back() ^ 1);
        return DeviceInTown::Outcome(std::move(response));
    };
    kiosk.sync();
    EXPECT_FALSE(kiosk.status().ready);
    kiosk.advance(seconds(31));
    kiosk.sync();
    EXPECT_TRUE(kiosk.status().ready);
    EXPECT_EQ(town.snapshots(), 2);
    EXPECT_TRUE(kiosk.log_in(ticket(5)));
}

TEST_F(EngineSync, ARosterThatTheServerHasForgottenIsAskedForByANewSnapshot) {
    int gone = 0;
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        if (!request.path.starts_with("/v1/roster/") || ++gone > 1) return good(lane, request);
        return DeviceInTown::Outcome(
            HttpResponse{404, "application/json",
                         sync::to_json(sync::Refusal{"unknown-roster", "It is gone."})});
    };
    kiosk.sync();
    kiosk.advance(seconds(31));
    kiosk.sync();
    EXPECT_TRUE(kiosk.status().ready);
    EXPECT_EQ(town.snapshots(), 2);
}

TEST_F(EngineSync, ServesFromTheOldRosterWhileTheNewOneArrives) {
    go();
    town.begin_epoch();
    town.range_max = 100;
    int ranges = 0;
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        if (request.path.starts_with("/v1/roster/") && ++ranges > 3) return {};
        return good(lane, request);
    };
    kiosk.advance(seconds(2));
    kiosk.sync();
    ASSERT_GT(ranges, 3);
    EXPECT_EQ(kiosk.status().cursor.epoch, 1);
    EXPECT_TRUE(kiosk.log_in(ticket(5)));
}

TEST_F(EngineSync, ARestoredServerGetsEverythingAgainThatItLost) {
    go();
    const ModelServer backup = town;
    kiosk.unplug();
    sell_offline(5);
    kiosk.plug_in();
    ASSERT_THAT(town.bookings(), SizeIs(5));
    ASSERT_EQ(kiosk.status().backlog.unanswered, 0U);

    town = backup;
    town.begin_epoch();
    ASSERT_THAT(town.bookings(), IsEmpty());
    kiosk.advance(seconds(31));
    kiosk.sync();
    kiosk.advance(seconds(31));
    kiosk.sync();
    EXPECT_EQ(kiosk.status().cursor.epoch, 2);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_THAT(town.bookings(), SizeIs(5));
    EXPECT_TRUE(std::holds_alternative<HasBooking>(kiosk.log_in(ticket(1))->standing));
}

TEST_F(EngineSync, ABookingStaysInSightWhileARestoredServerHasForgottenIt) {
    go();
    const ModelServer backup = town;
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    kiosk.advance(seconds(2));
    kiosk.sync();
    town = backup;
    town.begin_epoch();
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        if (lane == Lane::Push) return {};
        return good(lane, request);
    };
    kiosk.advance(seconds(2));
    kiosk.sync();
    ASSERT_EQ(kiosk.status().cursor.epoch, 2);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 2U);
    EXPECT_TRUE(std::holds_alternative<HasBooking>(kiosk.log_in(ticket(1))->standing));
}

TEST_F(EngineSync, ASnapshotThatKnowsMoreOfUsThanWeDoFencesUs) {
    spoil(Lane::Pull, [](HttpResponse response) {
        auto snapshot = sync::parse_snapshot(response.body);
        if (!snapshot.ok()) return response;
        snapshot->events_known = EventNumber(50);
        response.body = sync::to_json(*snapshot);
        return response;
    });
    kiosk.sync();
    EXPECT_FALSE(kiosk.status().ready) << "nobody is served any more";
    EXPECT_TRUE(kiosk.status().fenced);
}

TEST_F(EngineSync, ARowThatCannotBeReadIsSetAsideAndASnapshotRepairsIt) {
    go();
    auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(
        database.execute("UPDATE fact SET json = '{\"half' WHERE kind = 'slot' AND name = '20'")
            .ok());
    kiosk.other_end = nowhere();
    kiosk.restart();
    EXPECT_EQ(kiosk.status().set_aside, 1U);
    EXPECT_FALSE(kiosk.engine().facts().slots.contains(SlotId(20)));
    EXPECT_TRUE(kiosk.engine().facts().slots.contains(SlotId(10)));
    EXPECT_TRUE(kiosk.log_in(ticket(1)));
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.engine().facts().slots.contains(SlotId(20)));
    EXPECT_EQ(kiosk.status().set_aside, 1U);
    EXPECT_EQ(town.snapshots(), 2);
    kiosk.restart();
    kiosk.sync();
    EXPECT_EQ(town.snapshots(), 2);
}

TEST_F(EngineSync, ABookingRowThatCannotBeReadIsSetAside) {
    go();
    town.book_elsewhere(PersonId(1), SlotId(10));
    kiosk.advance(seconds(2));
    kiosk.sync();
    auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(database.execute("UPDATE booking SET state = 9").ok());
    EXPECT_TRUE(std::holds_alternative<MayBook>(kiosk.log_in(ticket(1))->standing));
    EXPECT_EQ(kiosk.status().set_aside, 1U);
    kiosk.advance(seconds(31));
    kiosk.sync();
    EXPECT_TRUE(std::holds_alternative<HasBooking>(kiosk.log_in(ticket(1))->standing));
}

TEST_F(EngineSync, ALostRosterFileIsFetchedAgain) {
    go();
    const auto folder = kiosk.database().parent_path() / ("roster-" + kiosk.id().text());
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ofstream(entry.path(), std::ios::trunc) << "nothing";
    }
    kiosk.other_end = nowhere();
    kiosk.restart();
    EXPECT_FALSE(kiosk.status().ready);
    kiosk.plug_in();
    EXPECT_TRUE(kiosk.status().ready);
    EXPECT_TRUE(kiosk.log_in(ticket(1)));
}

TEST_F(EngineSync, AJournalThatWasTamperedWithIsNotOpened) {
    go();
    auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(database.execute("UPDATE journal_event SET body = zeroblob(length(body))").ok());
    const auto opened = kiosk.try_restart();
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, IoError::Kind::Corrupt);
}

TEST_F(EngineSync, NothingPersonalIsInAPath) {
    go();
    kiosk.log_in(ticket(1));
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    for (const auto& path : paths()) {
        EXPECT_EQ(path.find(ticket(1).number.digits()), std::string::npos);
        EXPECT_EQ(path.find("1939"), std::string::npos);
    }
}

}  // namespace
}  // namespace mado::tests
