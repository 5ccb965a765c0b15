#include "sync/server/api/routes.h"

#include "sync/protocol/roster.h"
#include "sync/protocol/signed_head.h"
#include "sync/server/store/sqlite_store.h"
#include "tests/unit/api/town_fixture.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using namespace std::chrono_literals;

class RoutesTest : public testing::Test, public TownFixture {
  protected:
    FeedPosition end() {
        const auto snapshot = sync::parse_snapshot(ask(get("/v1/snapshot"))->body);
        return snapshot->position;
    }
    std::string changes_target(FeedPosition after, int wait) {
        return "/v1/changes?epoch=" + std::to_string(after.epoch) +
               "&after=" + std::to_string(after.number) + "&wait=" + std::to_string(wait);
    }
    std::string error_of(const std::optional<Reply>& reply) {
        return reply ? sync::parse_refusal(reply->body)->error : "no reply";
    }
};

int status_of(const std::variant<Admitted, Reply>& admitted) {
    const auto* refusal = std::get_if<Reply>(&admitted);
    return refusal == nullptr ? 0 : refusal->status;
}

TEST_F(RoutesTest, OpensEachAddressFromItsOwnDoorAlone) {
    EXPECT_EQ(status_of(routes->admit({Door::Residents, "POST", "/v1/enrol"})), 0);
    EXPECT_EQ(status_of(routes->admit({Door::Devices, "POST", "/v1/enrol"})), 404);
    EXPECT_EQ(status_of(routes->admit({Door::Devices, "POST", "/v1/events"})), 0);
    EXPECT_EQ(status_of(routes->admit({Door::Residents, "POST", "/v1/events"})), 404);
    EXPECT_EQ(status_of(routes->admit({Door::Residents, "GET", "/healthz"})), 0);
    EXPECT_EQ(status_of(routes->admit({Door::Devices, "HEAD", "/healthz?a=b"})), 0);
    EXPECT_EQ(status_of(routes->admit({Door::Devices, "GET", "/v1/roster/"})), 404);
    EXPECT_EQ(status_of(routes->admit({Door::Devices, "GET", "/"})), 404);
}

TEST_F(RoutesTest, NamesTheMethodThatWouldBeRight) {
    const auto admitted = routes->admit({Door::Devices, "GET", "/v1/events"});
    ASSERT_EQ(status_of(admitted), 405);
    EXPECT_EQ(std::get<Reply>(admitted).allow, "POST");
}

TEST_F(RoutesTest, TakesNoKeyThatWasNotEnrolled) {
    Request request = get("/v1/snapshot");
    request.client_key = Digest{1};
    EXPECT_EQ(error_of(ask(request)), "not-enrolled");
    request.client_key.reset();
    EXPECT_EQ(error_of(ask(request)), "not-enrolled");
}

TEST_F(RoutesTest, NoticesThatItsStoreIsOlderThanWhatADeviceHasSeen) {
    const FeedPosition now = end();
    EXPECT_EQ(ask(get(changes_target({now.epoch + 1, 0}, 0)))->status, 409);
    EXPECT_EQ(error_of(ask(get("/healthz"))), "old-store");
    EXPECT_EQ(ask(get(changes_target({now.epoch, now.number + 1}, 0)))->status, 409);
    EXPECT_THAT(store_is_old_for, testing::ElementsAre(device.id)) << "once is enough";
}

TEST_F(RoutesTest, CallsNoStoreOldForADeviceThatIsBehind) {
    EXPECT_EQ(ask(get(changes_target({0, 50}, 0)))->status, 409);
    EXPECT_EQ(ask(get("/healthz"))->status, 200);
    EXPECT_THAT(store_is_old_for, testing::IsEmpty());
}

TEST_F(RoutesTest, TellsTheEpochToADeviceThatItTellsNothingElse) {
    command(DeclareLost{device.id, "佐藤"});
    command(BeginEpoch{7, "佐藤"});
    ASSERT_TRUE(routes->feed_moved().ok());
    clock.advance(std::chrono::minutes(1));  // what it knows of devices is looked up anew
    const auto refusal = sync::parse_refusal(ask(get("/v1/changes?epoch=1&after=0"))->body);
    ASSERT_TRUE(refusal.ok());
    EXPECT_EQ(refusal->error, "fenced");
    EXPECT_EQ(refusal->epoch, 7);
}

TEST_F(RoutesTest, TakesNothingButEventsFromADeviceThatWasRevoked) {
    const PrivateKey other = PrivateKey::generate();
    const Device revoked = enrol(other, "ZZZZZZZZZZZZZZZZZZZZ");
    command(RevokeDevice{revoked.id});
    Request request = get("/v1/snapshot");
    request.client_key = revoked.key_digest;
    EXPECT_EQ(error_of(ask(request)), "revoked");

    Request push =
        post("/v1/events", sync::to_json(sync::PushRequest{{a_started_event(revoked.id)}}));
    push.client_key = revoked.key_digest;
    const auto answer = sync::parse_push_answer(ask(push)->body);
    ASSERT_TRUE(answer.ok());
    EXPECT_TRUE(answer->fenced);
    EXPECT_EQ(answer->epoch, 1);
    ASSERT_EQ(answer->answers.size(), 1u);
    EXPECT_EQ(answer->answers.front().verdict, Answer::Verdict::Aside);
}

TEST_F(RoutesTest, CounterSignsTheHeadOfAChain) {
    const auto page = [&] {
        return sync::parse_changes_page(ask(get(changes_target(end(), 0)))->body).value();
    };
    EXPECT_EQ(page().head, std::nullopt) << "there is no event yet";
    clock.advance(1s);
    const Envelope started = a_started_event(device.id);
    ask(post("/v1/events", sync::to_json(sync::PushRequest{{started}})));
    const auto head =
        open_sqlite_reads(folder / "town.db").value()->chain(device.id).value()->signed_head;
    ASSERT_TRUE(head) << "as soon as there is one";
    EXPECT_EQ(head->number, EventNumber(1));
    EXPECT_EQ(head->hash, started.hash());
    EXPECT_TRUE(sync::is_signed_by(authority.key().public_key(), device.id, *head));

    EXPECT_EQ(page().head, std::nullopt) << "once in a second is enough";
    clock.advance(1s);
    EXPECT_EQ(page().head, head) << "the device has it by the feed";
}

TEST_F(RoutesTest, IsShownWhatItHadAndHasNoMore) {
    const Envelope started = a_started_event(device.id);
    const auto worklist = [&] {
        std::vector<std::string> reasons;
        const auto reads = open_sqlite_reads(folder / "town.db").value();
        for (const auto& row : reads->worklist(true).value())
            reasons.push_back(row.reason);
        return reasons;
    };
    SignedHead had{1, EventNumber(9), Digest{9}, {}};
    const auto push = [&] {
        ask(post("/v1/events", sync::to_json(sync::PushRequest{{started}, had})));
    };
    push();
    EXPECT_THAT(worklist(), testing::IsEmpty()) << "that is nobody's signature";
    had.signature = authority.key().sign(sync::signed_bytes(DeviceId(77), had));
    push();
    EXPECT_THAT(worklist(), testing::IsEmpty()) << "that is of another device";
    had.epoch = 7;
    had.signature = authority.key().sign(sync::signed_bytes(device.id, had));
    push();
    EXPECT_THAT(worklist(), testing::IsEmpty()) << "what another epoch lost is known";
    had.epoch = 1;
    had.signature = authority.key().sign(sync::signed_bytes(device.id, had));
    push();
    push();
    EXPECT_THAT(worklist(), testing::ElementsAre("tail-lost"));
}

TEST_F(RoutesTest, AnswersEachEventAndTheSameAgainTheSame) {
    const Envelope started = a_started_event(device.id);
    const Envelope booked = a_booking_event(device.id, 2, started.hash(), 1, 1, 1);
    const std::string body = sync::to_json(sync::PushRequest{{started, booked}});
    const auto leases = sync::to_json(sync::LeaseRequest{{{SlotId(1), 4}}});
    const auto levels = sync::parse_lease_answer(ask(post("/v1/leases", leases))->body);
    ASSERT_TRUE(levels.ok());
    ASSERT_EQ(levels->levels.size(), 1u);
    ASSERT_GE(levels->levels.front().granted, 1);

    const auto first = sync::parse_push_answer(ask(post("/v1/events", body))->body);
    const auto second = sync::parse_push_answer(ask(post("/v1/events", body))->body);
    ASSERT_TRUE(first.ok());
    ASSERT_EQ(first->answers.size(), 2u);
    EXPECT_EQ(first->answers[1].verdict, Answer::Verdict::Accepted);
    EXPECT_FALSE(first->fenced);
    EXPECT_EQ(first->answers, second->answers);
    EXPECT_EQ(end(), first->answers[1].position);
}

TEST_F(RoutesTest, RefusesWhatIsNotItsMessage) {
    EXPECT_EQ(ask(post("/v1/events", "{\"events\":"))->status, 400);
    EXPECT_EQ(ask(post("/v1/leases", "[]"))->status, 400);
    Request html = post("/v1/events", "<html>");
    html.content_type = "text/html";
    EXPECT_EQ(ask(html)->status, 415);
    for (const char* query : {"", "?epoch=1", "?epoch=1&after=-1", "?epoch=1&after=1&after=2",
                              "?epoch=one&after=1", "?epoch=1&after=99999999999999999999"}) {
        EXPECT_EQ(ask(get(std::string("/v1/changes") + query))->status, 400) << query;
    }
}

TEST_F(RoutesTest, AsksToComeBackWhereTooManyWait) {
    queue_is_full = true;
    const auto reply = ask(post("/v1/leases", sync::to_json(sync::LeaseRequest{})));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_TRUE(reply->retry_after);
    background_is_full = true;
    EXPECT_EQ(ask(get("/v1/snapshot"))->status, 503);
}

TEST_F(RoutesTest, SaysThatItIsUnwellWhenItCannotStore) {
    EXPECT_EQ(ask(get("/healthz"))->status, 200);
    healthy = false;
    EXPECT_EQ(ask(get("/healthz"))->status, 503);
}

TEST_F(RoutesTest, SealsResidentsForTheDeviceThatAsks) {
    const auto page = sync::parse_changes_page(ask(get(changes_target({1, 0}, 0)))->body);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->changes.size(), static_cast<std::size_t>(page->upto));
    sync::RosterKey roster_key{};
    roster_key.fill(7);
    const auto locator = sync::locate(roster_key, tests::a_ticket());
    const auto mine = [&locator](const sync::WireChange& change) {
        const auto* row = std::get_if<sync::SealedResident>(&change);
        return row != nullptr && std::ranges::equal(row->locator, locator, [](char a, auto b) {
                   return static_cast<std::uint8_t>(a) == b;
               });
    };
    EXPECT_EQ(std::ranges::count_if(page->changes, mine), 1);
}

TEST_F(RoutesTest, WithholdsTheLeasesOfOthers) {
    const PrivateKey other_key = PrivateKey::generate();
    const Device other = enrol(other_key, "YYYYYYYYYYYYYYYYYYYY");
    const FeedPosition before = end();
    Request theirs = post("/v1/leases", sync::to_json(sync::LeaseRequest{{{SlotId(1), 4}}}));
    theirs.client_key = other.key_digest;
    ASSERT_EQ(ask(theirs)->status, 200);
    ASSERT_TRUE(routes->feed_moved().ok());

    const auto count = [](const sync::ChangesPage& page, auto kind) {
        using Kind = decltype(kind);
        return std::ranges::count_if(page.changes, [](const sync::WireChange& change) {
            return std::holds_alternative<Kind>(change);
        });
    };
    const auto mine = sync::parse_changes_page(ask(get(changes_target(before, 0)))->body);
    ASSERT_TRUE(mine.ok());
    EXPECT_EQ(count(*mine, LeaseChanged{}), 0);
    EXPECT_EQ(count(*mine, sync::Withheld{}), 1);
    Request look = get(changes_target(before, 0));
    look.client_key = other.key_digest;
    const auto seen = sync::parse_changes_page(ask(look)->body);
    ASSERT_TRUE(seen.ok());
    EXPECT_EQ(count(*seen, LeaseChanged{}), 1);
}

TEST_F(RoutesTest, TellsACallToDevicesOfTheSamePlaceAlone) {
    const PrivateKey beside = PrivateKey::generate();
    const PrivateKey elsewhere = PrivateKey::generate();
    const Device neighbour = enrol(beside, "YYYYYYYYYYYYYYYYYYYY");
    const Device stranger = enrol(elsewhere, "ZZZZZZZZZZZZZZZZZZZZ", std::nullopt);
    const FeedPosition before = end();
    const auto pushed =
        ask(post("/v1/events", sync::to_json(sync::PushRequest{{a_call_event(device.id)}})));
    ASSERT_EQ(pushed->status, 200);
    ASSERT_TRUE(routes->feed_moved().ok());

    const auto told_to = [&](const Digest& whose) {
        Request look = get(changes_target(before, 0));
        look.client_key = whose;
        const auto page = sync::parse_changes_page(ask(look)->body);
        EXPECT_EQ(page->changes.size(), 1u);
        look = get("/v1/snapshot");
        look.client_key = whose;
        const auto snapshot = sync::parse_snapshot(ask(look)->body);
        const bool told = std::holds_alternative<CallChanged>(page->changes.at(0));
        EXPECT_EQ(snapshot->calls.size(), told ? 1u : 0u);
        return told;
    };
    EXPECT_TRUE(told_to(key_digest));
    EXPECT_TRUE(told_to(neighbour.key_digest));
    EXPECT_FALSE(told_to(stranger.key_digest));
    const auto waiting = [this] {
        return ask(get("/healthz"))->body.find(R"("waiting_calls":1)") != std::string::npos;
    };
    EXPECT_TRUE(waiting());
    command(AnswerCall{{device.id, EventNumber(1)}, "佐藤"});
    EXPECT_FALSE(waiting());
}

TEST_F(RoutesTest, TellsSettingsOfOneKioskToItAlone) {
    const PrivateKey other_key = PrivateKey::generate();
    const Device other = enrol(other_key, "YYYYYYYYYYYYYYYYYYYY");
    KioskSettings settings;
    settings.idle_limit = std::chrono::seconds(90);
    const FeedPosition before = end();
    command(SetSettings{std::nullopt, settings});
    command(SetSettings{device.id, settings});
    ASSERT_TRUE(routes->feed_moved().ok());
    const auto told_to = [&](const Digest& whose) {
        Request look = get(changes_target(before, 0));
        look.client_key = whose;
        const auto page = sync::parse_changes_page(ask(look)->body);
        look = get("/v1/snapshot");
        look.client_key = whose;
        const auto snapshot = sync::parse_snapshot(ask(look)->body);
        const auto told = std::ranges::count_if(page->changes, [](const auto& change) {
            return std::holds_alternative<SettingsChanged>(change);
        });
        EXPECT_EQ(snapshot->settings.size(), static_cast<std::size_t>(told));
        return told;
    };
    EXPECT_EQ(told_to(key_digest), 2);
    EXPECT_EQ(told_to(other.key_digest), 1);
}

TEST_F(RoutesTest, AnswersAWaitingPollWhenTheFeedMoves) {
    const FeedPosition before = end();
    std::optional<Reply> reply;
    routes->handle(get(changes_target(before, 20)), [&reply](Reply given) { reply = given; });
    EXPECT_FALSE(reply);
    ASSERT_TRUE(routes->feed_moved().ok());
    EXPECT_FALSE(reply) << "nothing was committed";
    command(BookFree{PersonId(1), 1, SlotId(1), {}});
    ASSERT_TRUE(routes->feed_moved().ok());
    ASSERT_TRUE(reply);
    const auto page = sync::parse_changes_page(reply->body);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->after, before);
    EXPECT_GT(page->upto, before.number);
}

TEST_F(RoutesTest, EndsAWaitingPollWithNothingInIt) {
    const FeedPosition before = end();
    std::optional<Reply> reply;
    routes->handle(get(changes_target(before, 20)), [&reply](Reply given) { reply = given; });
    clock.advance(19s);
    routes->end_overdue();
    EXPECT_FALSE(reply);
    clock.advance(2s);
    routes->end_overdue();
    ASSERT_TRUE(reply);
    EXPECT_EQ(sync::parse_changes_page(reply->body)->upto, before.number);
}

TEST_F(RoutesTest, LetsNobodyWaitAfterAStop) {
    const FeedPosition before = end();
    std::optional<Reply> reply;
    routes->handle(get(changes_target(before, 20)), [&reply](Reply given) { reply = given; });
    routes->stop_waiting();
    EXPECT_TRUE(reply);
    EXPECT_TRUE(ask(get(changes_target(before, 20))));
}

TEST_F(RoutesTest, AsksForASnapshotWhereThePositionIsUnknown) {
    const FeedPosition now = end();
    EXPECT_EQ(ask(get(changes_target({now.epoch + 1, now.number}, 5)))->status, 409);
    EXPECT_EQ(ask(get(changes_target({now.epoch, now.number + 1}, 5)))->status, 409);
}

TEST_F(RoutesTest, ServesTheRosterThatBelongsToTheSnapshotInPieces) {
    const auto snapshot = sync::parse_snapshot(ask(get("/v1/snapshot"))->body);
    ASSERT_TRUE(snapshot.ok());
    std::string file;
    while (file.size() < static_cast<std::size_t>(snapshot->roster.bytes)) {
        const auto piece = ask(
            get("/v1/roster/" + snapshot->roster.id + "?offset=" + std::to_string(file.size())));
        ASSERT_EQ(piece->status, 200);
        ASSERT_FALSE(piece->body.empty());
        file += piece->body;
    }
    EXPECT_EQ(sha256(bytes_of(file)), snapshot->roster.digest);
    // Made again at the same position it is the same file.
    EXPECT_EQ(sync::parse_snapshot(ask(get("/v1/snapshot"))->body)->roster.id, snapshot->roster.id);
}

TEST_F(RoutesTest, ServesARosterToItsOwnDeviceAlone) {
    const auto snapshot = sync::parse_snapshot(ask(get("/v1/snapshot"))->body);
    const PrivateKey other_key = PrivateKey::generate();
    const Device other = enrol(other_key, "XXXXXXXXXXXXXXXXXXXX");
    Request request = get("/v1/roster/" + snapshot->roster.id);
    request.client_key = other.key_digest;
    EXPECT_EQ(ask(request)->status, 404);
    EXPECT_EQ(ask(get("/v1/roster/../../town.db"))->status, 404);
    EXPECT_EQ(ask(get("/v1/roster/" + snapshot->roster.id + "?offset=999999999"))->status, 404);
}

TEST_F(RoutesTest, KeepsTheRosterBeforeAndRemovesOlderOnes) {
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(sync::parse_snapshot(ask(get("/v1/snapshot"))->body)->roster.id);
        command(BookFree{PersonId(1 + i % 2), 1, SlotId(1), {}});
        command(SetTown{[&] {
            Town town = tests::a_town();
            town.telephone = "0120-00-000" + std::to_string(i);
            return town;
        }()});
    }
    EXPECT_EQ(ask(get("/v1/roster/" + ids[0]))->status, 404);
    EXPECT_EQ(ask(get("/v1/roster/" + ids[1]))->status, 200);
    EXPECT_EQ(ask(get("/v1/roster/" + ids[2]))->status, 200);
}

class EnrolmentTest : public RoutesTest {
  protected:
    std::optional<Reply> enrol_with(const PrivateKey& with, const std::string& secret) {
        Request request{Door::Residents,
                        "POST",
                        "/v1/enrol",
                        "application/json",
                        sync::to_json(sync::EnrolRequest{secret, with.signing_request("k"), "kiosk",
                                                         "ロビー2"}),
                        std::nullopt};
        return ask(request);
    }
    const std::string secret_ = "WWWWWWWWWWWWWWWWWWWW";
    void add_code() {
        command(AddCode{sha256(bytes_of(secret_)), clock.now() + 10min, "kiosk", "ロビー2", {}});
    }
};

TEST_F(EnrolmentTest, WaitsForStaffAndThenGrants) {
    add_code();
    const PrivateKey fresh = PrivateKey::generate();
    const auto pending = enrol_with(fresh, secret_);
    ASSERT_EQ(pending->status, 202);
    const auto waiting = sync::parse_enrol_pending(pending->body);
    const auto digest = read_signing_request(fresh.signing_request("k"))->key_digest;
    EXPECT_EQ(waiting->fingerprint, fingerprint_of(digest));
    EXPECT_EQ(enrol_with(fresh, secret_)->status, 202);

    command(ConfirmDevice{waiting->device, "PEM", "endorsed", Bytes(32, 5)});
    const auto granted = enrol_with(fresh, secret_);
    ASSERT_EQ(granted->status, 200);
    const auto grant = sync::parse_enrol_grant(granted->body);
    ASSERT_TRUE(grant.ok());
    EXPECT_EQ(grant->device, waiting->device);
    EXPECT_EQ(grant->roster_key, to_base64url(Bytes(32, 5)));
    EXPECT_EQ(grant->address, "town.example:8444");
    EXPECT_EQ(enrol_with(fresh, secret_)->body, granted->body);
}

TEST_F(EnrolmentTest, BindsACodeToTheFirstKeyThatUsesIt) {
    add_code();
    ASSERT_EQ(enrol_with(PrivateKey::generate(), secret_)->status, 202);
    EXPECT_EQ(error_of(enrol_with(PrivateKey::generate(), secret_)), "code-refused");
}

TEST_F(EnrolmentTest, RefusesACodeThatIsUnknownOrTooOld) {
    EXPECT_EQ(enrol_with(PrivateKey::generate(), secret_)->status, 403);
    add_code();
    clock.advance(11min);
    EXPECT_EQ(enrol_with(PrivateKey::generate(), secret_)->status, 403);
}

TEST_F(EnrolmentTest, RefusesWhatIsNoKey) {
    add_code();
    Request request{
        Door::Residents,
        "POST",
        "/v1/enrol",
        "application/json",
        sync::to_json(sync::EnrolRequest{secret_, "-----BEGIN NONSENSE-----", "kiosk", "ロビー2"}),
        std::nullopt};
    EXPECT_EQ(ask(request)->status, 400);
}

}  // namespace
}  // namespace mado::server
