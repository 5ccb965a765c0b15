#include "sync/protocol/messages.h"

#include "shared/base/text.h"
#include "tests/support/builders.h"
#include "tests/unit/protocol/samples.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using namespace mado::sync;
using testing::HasSubstr;
using testing::Not;

// One member as it stands in a text: `"name":value`, from `first` up to but without `last`.
struct MemberAt {
    std::string name;
    std::size_t first;
    std::size_t value;
    std::size_t last;
};

std::size_t end_of_text(const std::string& json, std::size_t at) {
    for (++at; json[at] != '"'; ++at) {
        if (json[at] == '\\') ++at;
    }
    return at + 1;
}

std::size_t end_of_value(const std::string& json, std::size_t at) {
    int depth = 0;
    while (at < json.size()) {
        if (json[at] == '"') {
            at = end_of_text(json, at);
            if (depth == 0) return at;
            continue;
        }
        if (json[at] == '{' || json[at] == '[') ++depth;
        if (json[at] == '}' || json[at] == ']') {
            if (depth == 0) return at;
            if (--depth == 0) return at + 1;
        }
        if (json[at] == ',' && depth == 0) return at;
        ++at;
    }
    return at;
}

std::vector<MemberAt> members_of(const std::string& json) {
    std::vector<MemberAt> found;
    for (std::size_t at = 0; at < json.size();) {
        if (json[at] != '"') {
            ++at;
            continue;
        }
        const std::size_t end = end_of_text(json, at);
        if (json[end] == ':') {
            const std::string name = json.substr(at + 1, end - at - 2);
            found.push_back({name, at, end + 1, end_of_value(json, end + 1)});
        }
        at = end;
    }
    return found;
}

std::string with_value(const std::string& json, const MemberAt& member, const std::string& value) {
    return json.substr(0, member.value) + value + json.substr(member.last);
}

std::string without(const std::string& json, const MemberAt& member) {
    std::string head = json.substr(0, member.first);
    std::string tail = json.substr(member.last);
    if (head.ends_with(',')) {
        head.pop_back();
    } else if (tail.starts_with(',')) {
        tail.erase(0, 1);
    }
    return head + tail;
}

// Members that a message may lack.
bool may_be_missing(const std::string& name) {
    return name == "reason" || name == "expected" || name == "last_dose" || name == "had" ||
           name == "head" || name == "gone" || name == "instead_of";
}

TEST(Messages, ComeBackAsTheyWereWritten) {
    EXPECT_EQ(parse_enrol_request(to_json(an_enrol_request())).value(), an_enrol_request());
    EXPECT_EQ(parse_enrol_pending(to_json(an_enrol_pending())).value(), an_enrol_pending());
    EXPECT_EQ(parse_enrol_grant(to_json(an_enrol_grant())).value(), an_enrol_grant());
    EXPECT_EQ(parse_push_answer(to_json(a_push_answer())).value(), a_push_answer());
    EXPECT_EQ(parse_changes_page(to_json(a_changes_page())).value(), a_changes_page());
    EXPECT_EQ(parse_lease_request(to_json(a_lease_request())).value(), a_lease_request());
    EXPECT_EQ(parse_lease_answer(to_json(a_lease_answer())).value(), a_lease_answer());
    EXPECT_EQ(parse_snapshot(to_json(a_snapshot())).value(), a_snapshot());
    EXPECT_EQ(parse_refusal(to_json(a_refusal())).value(), a_refusal());
    EXPECT_EQ(parse_push_request(to_json(a_push_request()), DeviceId(3)).value(), a_push_request());
}

TEST(Messages, OfTheStoreKeepAResidentsRowWhole) {
    const Change row = a_resident_row();
    EXPECT_EQ(parse_change(to_json(row)).value(), row);

    ResidentChanged bare{Personal<Ticket>(a_ticket()), a_resident(4294967295)};
    bare.resident.valid = false;
    EXPECT_EQ(parse_change(to_json(Change(bare))).value(), Change(bare));
}

TEST(Messages, TellHowAVenueIsReadAloudIfThatIsKnown) {
    Venue venue = tests::a_venue();
    EXPECT_THAT(to_json(Change(VenueChanged{venue})), Not(HasSubstr("name_kana")));
    venue.name_kana = "だいいち こうみんかん";
    const Change told = VenueChanged{venue};
    EXPECT_EQ(parse_change(to_json(told)).value(), told);
}

TEST(Messages, TellATownWhenItsBookingClosesIfItDoes) {
    Town closing = tests::a_town();
    EXPECT_THAT(to_json(Change(TownChanged{closing})), Not(HasSubstr("booking_closes")));
    EXPECT_THAT(to_json(Change(TownChanged{closing})), Not(HasSubstr("name_en")));
    closing.booking_closes = std::chrono::minutes(90);
    closing.name_en = "Midori City";
    EXPECT_THAT(to_json(Change(TownChanged{closing})), Not(HasSubstr("next_opening")));
    closing.next_opening = tests::now();
    const auto told = parse_change(to_json(Change(TownChanged{closing})));
    ASSERT_TRUE(told.ok());
    EXPECT_EQ(std::get<TownChanged>(*told).town, closing);
}

TEST(Messages, TellHowATownSharesOutItsSeatsIfItDoes) {
    Town sharing = tests::a_town();
    EXPECT_THAT(to_json(Change(TownChanged{sharing})), Not(HasSubstr("shares")));
    sharing.shares = {60, 20, std::nullopt, 30, 2};
    const std::string told = to_json(Change(TownChanged{sharing}));
    EXPECT_EQ(std::get<TownChanged>(parse_change(told).value()).town, sharing);
    const auto with = [&](const std::string& member, const std::string& instead) {
        std::string other = told;
        return other.replace(other.find(member), member.size(), instead);
    };
    EXPECT_FALSE(parse_change(with("\"kiosk\":60", "\"kiosk\":81")).ok()) << "more than the whole";
    EXPECT_FALSE(parse_change(with("\"second_doses\":30", "\"second_doses\":101")).ok());

    Slot slot = tests::a_slot();
    EXPECT_THAT(to_json(Change(SlotChanged{slot})), Not(HasSubstr("parts")));
    slot.parts = {3, 2, 1, 1, 2, 1};
    EXPECT_EQ(parse_change(to_json(Change(SlotChanged{slot}))).value(), Change(SlotChanged{slot}));
}

TEST(Messages, RefuseALeaseThatKeepsMoreThanItHas) {
    const std::string json = to_json(a_snapshot());
    const std::string lease = R"("granted":9,"used":4)";
    ASSERT_NE(json.find(lease), std::string::npos);
    std::string wrong = json;
    wrong.replace(wrong.find(lease), lease.size(), lease + R"(,"kept":6)");
    EXPECT_FALSE(parse_snapshot(wrong).ok());
}

TEST(Messages, TellATownsBudgetOfMissesAndItsKiosks) {
    Town careful = tests::a_town();
    EXPECT_THAT(to_json(Change(TownChanged{careful})), Not(HasSubstr("misses_an_hour")));
    EXPECT_THAT(to_json(Change(TownChanged{careful})), Not(HasSubstr("kiosks")));
    careful.misses_an_hour = 40;
    careful.kiosks = 12;
    const auto told = parse_change(to_json(Change(TownChanged{careful})));
    ASSERT_TRUE(told.ok());
    EXPECT_EQ(std::get<TownChanged>(*told).town, careful);
    careful.misses_an_hour = 0;
    EXPECT_FALSE(parse_change(to_json(Change(TownChanged{careful}))).ok());
}

TEST(Messages, TellAFencedDeviceTheEpoch) {
    PushAnswer answer = a_push_answer();
    answer.epoch = 7;
    EXPECT_EQ(parse_push_answer(to_json(answer)).value(), answer);
}

TEST(Messages, APushIsFromTheDeviceOfTheConnection) {
    const auto push = parse_push_request(to_json(a_push_request()), DeviceId(77)).value();
    EXPECT_EQ(push.events.front().device, DeviceId(77));
}

TEST(Messages, AreRefusedWithoutAnyOfTheirMembers) {
    int tried = 0;
    for (const auto& door : doors()) {
        ASSERT_FALSE(door.wrong(door.json)) << door.name;
        for (const auto& member : members_of(door.json)) {
            SCOPED_TRACE(door.name + " without " + member.name);
            const auto missing = door.wrong(without(door.json, member));
            const auto null = door.wrong(with_value(door.json, member, "null"));
            ++tried;
            if (may_be_missing(member.name)) {
                EXPECT_FALSE(missing);
                EXPECT_FALSE(null);
                continue;
            }
            ASSERT_TRUE(missing);
            EXPECT_THAT(missing->what, HasSubstr(member.name));
            EXPECT_THAT(missing->what, HasSubstr("missing"));
            ASSERT_TRUE(null);
            EXPECT_THAT(null->what, HasSubstr(member.name));
        }
    }
    EXPECT_GT(tried, 150) << "the samples no longer fill every member";
}

TEST(Messages, NameAMemberOfTheWrongKindAndNeverSayItsValue) {
    for (const auto& door : doors()) {
        for (const auto& member : members_of(door.json)) {
            SCOPED_TRACE(door.name + ": " + member.name);
            for (const std::string bad :
                 {"-987123.5", "-987123", "99999999999999999999987123", "\"\\u0007987123\"",
                  "[987123]", "[[987123]]", "{\"m987123\":987123}"}) {
                const auto wrong = door.wrong(with_value(door.json, member, bad));
                // An opaque text may hold control characters, PEM and a body for instance.
                if (!wrong) {
                    EXPECT_EQ(bad.front(), '"');
                    continue;
                }
                EXPECT_THAT(wrong->what, HasSubstr(member.name));
                EXPECT_THAT(wrong->what, Not(HasSubstr("987123")));
            }
        }
    }
}

TEST(Messages, RefuseTwoMembersOfOneNameAnywhere) {
    for (const auto& door : doors()) {
        for (const auto& member : members_of(door.json)) {
            SCOPED_TRACE(door.name + ": " + member.name);
            const std::string again = door.json.substr(0, member.last) + ',' +
                                      door.json.substr(member.first, member.last - member.first) +
                                      door.json.substr(member.last);
            const auto wrong = door.wrong(again);
            ASSERT_TRUE(wrong);
            EXPECT_THAT(wrong->what, HasSubstr(member.name));
        }
    }
}

TEST(Messages, DoNotSayTheNameOfAStrangeMemberThatStandsTwice) {
    const auto wrong = parse_refusal(R"({"2722050000123456":1,"2722050000123456":2})").error();
    EXPECT_THAT(wrong.what, Not(HasSubstr("2722")));
    EXPECT_THAT(wrong.what, HasSubstr("twice"));
}

TEST(Messages, SkipMembersThatThisVersionDoesNotKnow) {
    for (const auto& door : doors()) {
        std::string newer = door.json;
        newer.insert(1, R"("later":{"deep":[1,2,{"x":null}],"number":1.5},)");
        EXPECT_FALSE(door.wrong(newer)) << door.name;
    }
}

TEST(Messages, AreRefusedWhenCutAnywhereOrFollowedByAnything) {
    for (const auto& door : doors()) {
        for (std::size_t bytes = 0; bytes < door.json.size(); ++bytes) {
            ASSERT_TRUE(door.wrong(door.json.substr(0, bytes))) << door.name << " at " << bytes;
        }
        EXPECT_TRUE(door.wrong(door.json + "{}")) << door.name;
        EXPECT_TRUE(door.wrong("<html><body>Welcome to our hotspot</body></html>")) << door.name;
        EXPECT_TRUE(door.wrong("[]")) << door.name;
    }
}

TEST(Messages, RefuseWhatIsDeeperThanTheyCanBe) {
    std::string deep(kJsonDepthMax + 1, '[');
    deep += std::string(kJsonDepthMax + 1, ']');
    const std::string json = R"({"error":"x","message":"","later":)" + deep + "}";
    EXPECT_EQ(parse_refusal(json).error().what, "message: too deep");
}

TEST(Messages, RefuseWhatIsLongerThanTheyCanBe) {
    const std::string spaces(kPushBytesMax, ' ');
    EXPECT_EQ(parse_push_request(to_json(a_push_request()) + spaces, DeviceId(3)).error().what,
              "message: too long");
    std::string many = R"({"error":"x","message":"","later":[0)";
    for (int i = 0; i < 1000; ++i)
        many += ",0";
    EXPECT_EQ(parse_refusal(many + "]}").error().what, "too many values");
}

TEST(Messages, RefuseMoreEventsRowsAndWishesThanAPageHolds) {
    PushRequest push;
    for (std::size_t i = 1; i <= kEventsMax + 1; ++i) {
        push.events.push_back({DeviceId(3), EventNumber(static_cast<std::int64_t>(i)), {}, "x"});
    }
    EXPECT_EQ(parse_push_request(to_json(push), DeviceId(3)).error().what, "events: too many");
    push.events.pop_back();
    EXPECT_TRUE(parse_push_request(to_json(push), DeviceId(3)).ok());

    ChangesPage page{{1, 0}, static_cast<std::int64_t>(kChangesMax) + 1, {}, now()};
    page.changes.assign(kChangesMax + 1, SlotChanged{a_slot()});
    EXPECT_EQ(parse_changes_page(to_json(page)).error().what, "changes: too many");
    page.changes.pop_back();
    --page.upto;
    EXPECT_TRUE(parse_changes_page(to_json(page)).ok());

    LeaseRequest leases;
    leases.wishes.assign(kLeaseWishesMax + 1, LeaseWish{SlotId(1), 1});
    EXPECT_EQ(parse_lease_request(to_json(leases)).error().what, "wishes: too many");
}

TEST(Messages, APushOfTheLongestBodiesFits) {
    PushRequest push;
    for (std::size_t i = 1; i <= kEventsMax; ++i) {
        push.events.push_back({DeviceId(3),
                               EventNumber(static_cast<std::int64_t>(i)),
                               {},
                               std::string(kEventBodyBytesMax, 'x')});
    }
    EXPECT_TRUE(parse_push_request(to_json(push), DeviceId(3)).ok());
    push.events.front().body += 'x';
    EXPECT_EQ(parse_push_request(to_json(push), DeviceId(3)).error().what,
              "events[0].body: too long");
}

TEST(Messages, APushWithAGapInItsNumbersIsRefused) {
    auto push = a_push_request();
    push.events[1].number = EventNumber(43);
    EXPECT_THAT(parse_push_request(to_json(push), DeviceId(3)).error().what, HasSubstr("events"));
    push.events[1].number = push.events[0].number;
    EXPECT_FALSE(parse_push_request(to_json(push), DeviceId(3)).ok());
}

TEST(Messages, APageHoldsAsManyRowsAsItNames) {
    auto page = a_changes_page();
    ++page.upto;
    EXPECT_THAT(parse_changes_page(to_json(page)).error().what, HasSubstr("changes"));
    page.upto = page.after.number - 1;
    EXPECT_THAT(parse_changes_page(to_json(page)).error().what, HasSubstr("upto"));
}

TEST(Messages, ARowOfAnUnknownKindStopsThePage) {
    const std::string page =
        R"({"after":{"epoch":1,"number":4},"upto":5,"changes":[{"kind":"holiday"}],"now_ms":0})";
    EXPECT_EQ(parse_changes_page(page).error().what, "changes[0].kind: unknown to this version");
}

TEST(Messages, AResidentNeverTravelsInPlain) {
    const std::string row = to_json(Change(a_resident_row()));
    const std::string page =
        R"({"after":{"epoch":1,"number":4},"upto":5,"changes":[)" + row + R"(],"now_ms":0})";
    EXPECT_FALSE(parse_changes_page(page).ok());
}

TEST(Messages, ALeaseOfMoreSoldThanGrantedIsRefused) {
    auto snapshot = a_snapshot();
    snapshot.leases[0].lease = Lease{3, 4};
    EXPECT_EQ(parse_snapshot(to_json(snapshot)).error().what, "leases[0].used: out of range");
}

TEST(Messages, CarryDatesThatExistOnly) {
    const std::string json = to_json(Change(SlotChanged{a_slot(1, a_date("2021-02-28"))}));
    const auto at = json.find("2021-02-28");
    for (const char* bad : {"2021-02-29", "2021-2-028", "2021-13-01", "20210228", "0000-00-00"}) {
        auto spoilt = json;
        spoilt.replace(at, 10, bad);
        EXPECT_EQ(parse_change(spoilt).error().what, "slot.date: no date");
    }
}

TEST(Messages, WriteSpoiltTextSoThatTheRestCanBeRead) {
    auto push = a_push_request();
    push.events[0].body = "a\xFFz";
    const auto read = parse_push_request(to_json(push), DeviceId(3)).value();
    EXPECT_EQ(read.events[0].body, "a\uFFFDz");
    EXPECT_EQ(read.events[1], push.events[1]);
}

TEST(Messages, RefuseTextThatIsNotUtf8) {
    for (const std::string bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
        const std::string json = "{\"error\":\"x\",\"message\":\"" + bad + "\"}";
        EXPECT_EQ(parse_refusal(json).error().what, "message: not JSON");
    }
    EXPECT_FALSE(parse_refusal(R"({"error":"x","message":"\ud800"})").ok());
    EXPECT_TRUE(parse_refusal(R"({"error":"x","message":"\ud83d\ude00"})").ok());
}

}  // namespace
}  // namespace mado::tests
