#include "tests/gallery/boards.h"

#include "tests/support/builders.h"

#include <utility>

namespace mado::tests {
namespace {

using namespace mado::kiosk;

// As long as an import lets them be: 30 letters, 48 in English, 45.
constexpr const char* kLongVenue = "みどり市北部コミュニティセンター別館２階大会議室（南側入口）";
constexpr const char* kLongVenueEn = "Midori North Community Centre Annex, Main Hall A";
constexpr const char* kLongAddress =
    "大阪府みどり市北大町三丁目二十五番地の一　北部複合公共施設みどりの森プラザ東館二階南口側";

Venue usual_venue(std::int64_t id) {
    const std::vector<std::pair<const char*, const char*>> names = {
        {"みどり市民会館", "Midori Civic Hall"},
        {"北部コミュニティセンター", "North Community Centre"},
        {"総合保健福祉センター", "Health and Welfare Centre"}};
    Venue venue = a_venue(id);
    const auto& [japanese, english] = names.at(static_cast<std::size_t>(id - 1) % names.size());
    venue.name = japanese;
    venue.name_en = english;
    // Every third has a reading.
    if (id % 3 == 1) venue.name_kana = "みどり しみんかいかん";
    venue.address = "みどり市北大町3-25";
    venue.telephone = "072-123-4567";
    return venue;
}

Venue long_venue(std::int64_t id) {
    Venue venue = usual_venue(1);
    venue.id = VenueId(id);
    venue.name = kLongVenue;
    venue.name_en = kLongVenueEn;
    venue.address = kLongAddress;
    return venue;
}

Town town() {
    Town town = a_town();
    town.name = "みどり市";
    town.name_en = "Midori City";
    town.telephone = "0120-123-456";
    return town;
}

// 昭和14年7月5日
BirthEntry entry() {
    return {Era::Showa, 14, 7, 5};
}

Applicant applicant(int dose = 1) {
    DoseWish wish{dose, in_days(1), std::nullopt, std::nullopt};
    if (dose > 1) {
        wish = {dose, a_date("2021-07-24"), a_date("2021-07-26"), a_vaccine_code("pfizer"),
                EarlierDose{a_date("2021-07-05"), a_time("09:30"), VenueId(1)}};
    }
    return {Personal(a_ticket("0000123456")), Personal(entry()), a_resident(), wish};
}

enum class Names { Usual, Long };

OfferList offer_list(Names names) {
    OfferList list;
    list.vaccines = vaccines();
    for (std::int64_t id = 1; id <= 12; ++id) {
        list.venues.emplace(VenueId(id), names == Names::Usual ? usual_venue(id) : long_venue(id));
    }
    return list;
}

Choice choice(Names names = Names::Usual, std::optional<OfferNotice> notice = {}, int dose = 1) {
    Choice made{applicant(dose), Personal(Declaration{}), offer_list(names), notice};
    // As the long offers are: a Wednesday, at that time.
    const bool all_alike = names == Names::Long && made.applicant.wish.earlier;
    if (all_alike) made.applicant.wish.earlier = {a_date("2021-07-07"), a_time("11:45")};
    return made;
}

std::vector<Offer> three_offers() {
    std::vector<Offer> offers;
    for (std::int64_t i = 1; i <= 3; ++i) {
        Slot slot = a_slot(i, in_days(static_cast<int>(i) + 6), i == 2 ? "13:00" : "09:30");
        slot.venue = VenueId(i);
        offers.push_back({slot, 6});
    }
    return offers;
}

// The longest day and time that there is: two digits everywhere, and a month that is long in
// English.
Offer long_offer(std::int64_t id) {
    Slot slot = a_slot(id, a_date("2021-09-22"), "11:45");
    slot.vaccine = a_vaccine_code("moderna");
    return {slot, 1};
}

std::vector<VenueOffer> venue_offer_list(Names names, std::int64_t count) {
    std::vector<VenueOffer> offers;
    for (std::int64_t id = 1; id <= count; ++id) {
        const Date day = names == Names::Usual ? in_days(7) : a_date("2021-09-22");
        offers.push_back({names == Names::Usual ? usual_venue(id) : long_venue(id),
                          a_vaccine_code(names == Names::Usual ? "pfizer" : "moderna"), day, 20});
    }
    return offers;
}

// The usual ones, and one with a long name.
std::vector<VenueOffer> four_venues() {
    std::vector<VenueOffer> offers = venue_offer_list(Names::Usual, 4);
    offers.back().venue = long_venue(4);
    return offers;
}

std::vector<DayOffer> days_of(std::chrono::year_month month) {
    std::vector<DayOffer> days;
    const auto last = static_cast<unsigned>((month / std::chrono::last).day());
    for (unsigned number = 1; number <= last; ++number) {
        const Date date{month / std::chrono::day(number)};
        const bool sunday = weekday_of(date) == std::chrono::Sunday;
        DayMark mark = number % 5 == 0 ? DayMark::Few : DayMark::Many;
        if (number % 7 == 2) mark = DayMark::None;
        if (sunday || number < 6) mark = DayMark::Closed;
        days.push_back({date, mark, mark == DayMark::Many ? 30 : 2});
    }
    return days;
}

std::vector<Offer> times(int count) {
    std::vector<Offer> offers;
    for (int i = 0; i < count; ++i) {
        const auto minutes = TimeOfDay(9 * 60 + 15 * i);
        offers.push_back({a_slot(i + 1, in_days(9), to_text(minutes)), 4});
    }
    return offers;
}

Slip slip(Names names) {
    const Offer offer =
        names == Names::Usual ? Offer{a_slot(1, in_days(7), "09:30"), 5} : long_offer(1);
    Booking booking = a_booking(127, offer.slot.id.number(), names == Names::Usual ? 1 : 2);
    booking.id = names == Names::Usual ? BookingId{DeviceId(3), EventNumber(127)}
                                       : BookingId{DeviceId(2147), EventNumber(1'234'567)};
    return {booking,
            offer.slot,
            names == Names::Usual ? usual_venue(1) : long_venue(1),
            a_vaccine(offer.slot.vaccine.text()),
            town(),
            last_day_to_change(offer.slot.date, 2),
            "MADO1:"};
}

Holder holder(Names names) {
    return {Personal(a_ticket("0000123456")), Personal(entry()), a_resident(), slip(names),
            DoseWish{}};
}

// Somebody who changes a booking.
Applicant changer(Names names) {
    Applicant changing = applicant();
    changing.instead_of = slip(names);
    return changing;
}

// As long as an import takes it: 60 columns.
std::string longest_notice(Language language) {
    switch (language) {
        case Language::Japanese:
        case Language::EasyJapanese:
            return "本日の受付は午後三時までです、明日は朝の九時から始めますので！";
        case Language::Chinese:
            return "今天的受理时间到下午三点为止，明天从早上九点开始，请多加注意。";
        case Language::Korean:
            return "오늘은 오후 세 시까지 접수합니다. 내일은 아홉 시부터 엽니다.";
        case Language::English:
        case Language::Vietnamese:
        case Language::Portuguese:
            break;
    }
    return "Today we close at three in the afternoon; come back at nine.";
}

class Wall {
  public:
    explicit Wall(Language language) {
        kiosk_.visit.language = language;
        kiosk_.ready = true;
        kiosk_.online = true;
        kiosk_.town = town();
    }

    Kiosk& hang(std::string name, Screen screen) {
        boards_.push_back({std::move(name), kiosk_, false});
        boards_.back().kiosk.screen = std::move(screen);
        return boards_.back().kiosk;
    }
    void hang_live(std::string name, Screen screen) {
        hang(std::move(name), std::move(screen));
        boards_.back().live = true;
    }

    void hang_noticed(std::string name, Screen screen) {
        hang(std::move(name), std::move(screen));
        boards_.back().notice = longest_notice(kiosk_.visit.language);
    }

    Kiosk& last() { return boards_.back().kiosk; }

    std::vector<Board> take() { return std::move(boards_); }

  private:
    Kiosk kiosk_;
    std::vector<Board> boards_;
};

void hang_ticket_screens(Wall& wall) {
    wall.hang("welcome", Welcome{});
    wall.hang_noticed("welcome-notice", Welcome{});
    wall.hang("welcome-clock_wrong", Welcome{}).clock_wrong = true;
    // As many and as long ago as the line holds.
    const Instant since = instant_in_japan(a_date("2021-12-31"), a_time("23:59"));
    wall.hang("welcome-unsent", Welcome{}).backlog = {100'000, since, 0, {}};
    wall.hang("welcome-kept_aside", Welcome{}).backlog = {0, {}, 1'000, since};
    wall.hang("out_of_service", OutOfService{}).town.reset();
    wall.hang("out_of_service-kept_aside", OutOfService{}).backlog = {0, {}, 3, since};
    wall.hang_live("scanning", Scanning{});
    wall.hang("scanning-no_picture_yet",
              Scanning{ScanHint::MoreLight, std::nullopt, false, std::nullopt});
    for (const auto& [name, hint] :
         {std::pair{"closer", ScanHint::ComeCloser}, std::pair{"away", ScanHint::MoveAway},
          std::pair{"still", ScanHint::HoldStill}, std::pair{"light", ScanHint::MoreLight}}) {
        wall.hang_live(std::string("scanning-") + name,
                       Scanning{hint, std::nullopt, false, std::nullopt});
    }
    const std::vector<std::pair<std::string, TicketError>> problems = {
        {"not_a_ticket", TicketError::NotATicket},
        {"damaged", TicketError::Damaged},
        {"unknown_municipality", TicketError::UnknownMunicipality},
        {"outside_area", TicketError::OutsideServiceArea},
        {"zero", TicketError::ZeroNumber}};
    for (const auto& [name, problem] : problems) {
        wall.hang_live("scanning-" + name,
                       Scanning{ScanHint::HoldTicket, problem, false, std::nullopt});
        wall.hang("typing_number-" + name,
                  TypingNumber{Personal(std::string("0000123456")), problem});
    }
    wall.hang("scanning-camera_failed",
              Scanning{ScanHint::HoldTicket, std::nullopt, true, std::nullopt});
    wall.hang("typing_number-empty", TypingNumber{Personal(std::string()), std::nullopt});
    wall.hang("typing_number", TypingNumber{Personal(std::string("0000123")), std::nullopt});
}

void hang_birth_screens(Wall& wall) {
    const Personal ticket(a_ticket("0000123456"));
    wall.hang("asking_era", AskingEra{ticket});
    for (const std::optional<Era>& era :
         {std::optional(Era::Showa), std::optional(Era::Heisei), std::optional<Era>()}) {
        const std::string name = era == Era::Showa ? "" : era ? "-heisei" : "-western";
        const Personal birth(BirthEntry{era, 0, 0, 0});
        const std::string digits = era ? "14" : "1939";
        wall.hang("asking_year" + name, AskingYear{ticket, birth, Personal(digits), std::nullopt});
        const YearRange range = era ? YearRange{1, 64} : YearRange{1891, 2021};
        wall.hang("asking_year-out_of_range" + name,
                  AskingYear{ticket, birth, Personal(std::string("1899")), range});
    }
    wall.hang("asking_year-empty", AskingYear{ticket, Personal(BirthEntry{Era::Showa, 0, 0, 0}),
                                              Personal(std::string()), std::nullopt});
    wall.hang("asking_month", AskingMonth{ticket, Personal(BirthEntry{Era::Showa, 14, 0, 0})});
    wall.hang("asking_day", AskingDay{ticket, Personal(BirthEntry{Era::Showa, 14, 12, 0})});
    const std::vector<std::pair<std::string, BirthDateError>> errors = {
        {"no_such_day", BirthDateError::NoSuchDay},
        {"not_in_era", BirthDateError::NotInThatEra},
        {"in_the_future", BirthDateError::InTheFuture},
        {"too_long_ago", BirthDateError::TooLongAgo}};
    for (const auto& [name, why] : errors) {
        wall.hang("birth_impossible-" + name,
                  BirthImpossible{ticket, Personal(BirthEntry{Era::Showa, 64, 2, 30}), why});
    }
    const auto confirm = [&](const std::string& name, BirthEntry birth, int packed, int age) {
        wall.hang(name, ConfirmingBirth{ticket, Personal(birth), Personal(a_birth_date(packed)),
                                        Personal(age)});
    };
    confirm("confirming_birth", entry(), 19390705, 82);
    confirm("confirming_birth-first_year", {Era::Taisho, 1, 12, 25}, 19121225, 108);
    confirm("confirming_birth-boar", {Era::Showa, 22, 11, 29}, 19471129, 73);
    confirm("confirming_birth-western", {std::nullopt, 1939, 7, 5}, 19390705, 82);
    wall.hang("looking_up", LookingUp{ticket, Personal(entry()), QuestionId(1)});
    wall.hang("not_matched", NotMatched{ticket});
}

void hang_standing_screens(Wall& wall) {
    wall.hang("series_complete",
              SeriesComplete{DoseRecord{2, a_date("2021-06-14"), a_vaccine_code()}});
    const std::vector<std::pair<std::string, SlipState>> printing = {
        {"", SlipState::NotAsked},
        {"-printing", SlipState::Printing},
        {"-printed", SlipState::Printed},
        {"-failed", SlipState::Failed}};
    for (const auto& [name, state] : printing) {
        wall.hang("showing_booking" + name,
                  ShowingBooking{holder(Names::Usual), true, state, QuestionId(1)});
        wall.hang("showing_booking-long" + name,
                  ShowingBooking{holder(Names::Long), false, state, QuestionId(1)});
        Holder late = holder(Names::Long);
        late.slip.change_until.reset();
        wall.hang("showing_booking-late" + name, ShowingBooking{late, false, state, QuestionId(1)});
        if (state == SlipState::NotAsked) continue;
        wall.hang("booked" + name, Booked{slip(Names::Usual), state, QuestionId(1)});
        wall.hang("booked-long" + name, Booked{slip(Names::Long), state, QuestionId(1)});
        wall.hang("booked-changed" + name,
                  Booked{slip(Names::Long), state, QuestionId(1), WishProgress::Done});
        wall.hang("booked-for_staff" + name,
                  Booked{slip(Names::Long), state, QuestionId(1), WishProgress::ForStaff});
    }
    for (const Names names : {Names::Usual, Names::Long}) {
        const std::string end = names == Names::Long ? "-long-no_printer" : "-no_printer";
        wall.hang("showing_booking" + end,
                  ShowingBooking{holder(names), true, SlipState::NotAsked, QuestionId(1)})
            .settings.has_printer = false;
        wall.hang("booked" + end, Booked{slip(names), SlipState::Failed, QuestionId(1)})
            .settings.has_printer = false;
    }
    const std::vector<std::pair<std::string, StaffReason>> reasons = {
        {"too_many_misses", StaffReason::TooManyMisses},
        {"locked", StaffReason::Locked},
        {"ticket", StaffReason::TicketNotGood},
        {"record_not_good", StaffReason::RecordNotGood},
        {"record_differs", StaffReason::RecordDiffers},
        {"booking_unclear", StaffReason::BookingUnclear},
        {"not_ready", StaffReason::NotReady},
        {"storage_failed", StaffReason::StorageFailed},
        {"nothing_changed", StaffReason::NothingChanged},
        {"not_applied", StaffReason::NotApplied},
        {"still_waiting", StaffReason::StillWaiting},
        {"no_answer", StaffReason::NoAnswer}};
    for (const auto& [name, reason] : reasons) {
        wall.hang("please_ask_staff-" + name, PleaseAskStaff{reason});
    }
    for (const Names names : {Names::Usual, Names::Long}) {
        const std::string end = names == Names::Long ? "-long" : "";
        wall.hang("asking_cancel" + end, AskingCancel{holder(names)});
        for (const auto& [name, progress] :
             {std::pair{"", WishProgress::Done}, std::pair{"-on_its_way", WishProgress::OnItsWay},
              std::pair{"-for_staff", WishProgress::ForStaff}}) {
            wall.hang("cancel_taken" + end + name, CancelTaken{slip(names), progress});
        }
    }
    wall.hang("keeping_cancel", KeepingCancel{holder(Names::Usual), QuestionId(1)});
    wall.hang("interval_ahead", IntervalAhead{applicant(2)});
    wall.hang("declaring", Declaring{applicant()});
    wall.hang(
        "declaring-two",
        Declaring{applicant(), Personal(Declaration{Declared::Condition, Declared::Wheelchair})});
    wall.hang("listing_offers",
              ListingOffers{applicant(), Personal(Declaration{}), std::nullopt, QuestionId(1)});
    wall.hang("no_place", NoPlace{applicant(), std::nullopt});
    wall.hang("no_place-opening",
              NoPlace{applicant(), std::nullopt, instant_in_japan(in_days(7), TimeOfDay(540)),
                      SlipState::Failed});
    wall.hang("taking_memo", TakingMemo{choice(), Memo{town(), now(), {}}, SlipState::Printing});
    wall.hang("taking_memo-printed",
              TakingMemo{choice(), Memo{town(), now(), {}}, SlipState::Printed});
    wall.hang("taking_memo-failed",
              TakingMemo{choice(), Memo{town(), now(), {}}, SlipState::Failed});
    wall.hang("no_place-just_filled", NoPlace{applicant(), OfferNotice::JustFilled});
    wall.hang("no_place-change", NoPlace{changer(Names::Long), OfferNotice::JustFilled});
}

void hang_choice_screens(Wall& wall) {
    wall.hang("suggesting", Suggesting{choice(), three_offers()});
    wall.hang("suggesting-second_dose", Suggesting{choice(Names::Usual, {}, 2), three_offers()});
    Choice alike = choice(Names::Usual, {}, 2);
    alike.applicant.wish.earlier = {a_date("2021-07-05"), a_time("15:00")};
    wall.hang("suggesting-same_weekday", Suggesting{alike, three_offers()});
    alike.applicant.wish.earlier = {a_date("2021-07-06"), a_time("09:30")};
    wall.hang("suggesting-same_time", Suggesting{alike, three_offers()});
    wall.hang("suggesting-just_filled",
              Suggesting{choice(Names::Usual, OfferNotice::JustFilled), three_offers()});
    for (const auto notice : {OfferNotice::JustFilled, OfferNotice::NotPossible}) {
        wall.hang(notice == OfferNotice::JustFilled ? "suggesting-long" : "suggesting-not_possible",
                  Suggesting{choice(Names::Long, notice, 2),
                             {long_offer(1), long_offer(2), long_offer(3)}});
    }
    Choice changing = choice(Names::Long, OfferNotice::JustFilled, 2);
    changing.applicant.instead_of = slip(Names::Long);
    wall.hang("suggesting-change",
              Suggesting{changing, {long_offer(1), long_offer(2), long_offer(3)}});
    wall.hang("confirming_booking-change",
              ConfirmingBooking{changing, long_offer(1), ChosenFrom::Suggested});
    wall.hang("choosing_venue", ChoosingVenue{choice(), venue_offer_list(Names::Usual, 3), {}});
    wall.hang("choosing_venue-four", ChoosingVenue{choice(), four_venues(), {}});
    wall.hang("choosing_venue-long",
              ChoosingVenue{choice(Names::Long), venue_offer_list(Names::Long, 12), Page{1, 3}});
    const std::chrono::year_month july{std::chrono::year(2021), std::chrono::July};
    const std::chrono::year_month october{std::chrono::year(2021), std::chrono::October};
    wall.hang("choosing_day", ChoosingDay{choice(), VenueId(1), july, days_of(july), false, true});
    // Six rows of weeks.
    wall.hang("choosing_day-long",
              ChoosingDay{choice(Names::Long), VenueId(1), october, days_of(october), true, true});
    wall.hang("choosing_time", ChoosingTime{choice(), VenueId(1), in_days(9), times(12), {}});
    wall.hang("choosing_time-long", ChoosingTime{choice(Names::Long), VenueId(1),
                                                 a_date("2021-09-22"), times(50), Page{1, 3}});
    wall.hang("confirming_booking",
              ConfirmingBooking{choice(), three_offers().front(), ChosenFrom::Suggested});
    wall.hang("confirming_booking-long",
              ConfirmingBooking{choice(Names::Long), long_offer(1), ChosenFrom::Calendar});
    wall.hang("keeping_booking", KeepingBooking{choice(), three_offers().front(), QuestionId(1)});
}

Receipt receipt(Names names, std::size_t choices = 3) {
    Receipt made{{{DeviceId(3), EventNumber(127)}, PersonId(1), 1, {}, {}}, {}, town()};
    for (std::size_t i = 0; i < choices; ++i) {
        const bool is_long = names == Names::Long;
        const Offer offer =
            is_long ? long_offer(static_cast<std::int64_t>(i) + 1) : three_offers()[i];
        const VenueTable table = choice(names).list.venues;
        made.application.choices.push_back(offer.slot.id);
        made.places.push_back({static_cast<int>(i) + 1, offer.slot, table.at(offer.slot.venue)});
    }
    return made;
}

Choice applying(Names names, std::size_t choices) {
    Choice made = choice(names);
    made.list.offers = {three_offers()[0], three_offers()[1], three_offers()[2], long_offer(4)};
    made.applying.emplace();
    for (std::size_t i = 0; i < choices; ++i) {
        made.applying->push_back(names == Names::Long ? long_offer(static_cast<std::int64_t>(i) + 1)
                                                      : three_offers()[i]);
    }
    return made;
}

NoPlace offline_no_place() {
    NoPlace none{applicant(), std::nullopt};
    none.offline = true;
    none.has_slots = true;
    return none;
}

// Where there is neither network nor a seat that suits.
void hang_application_screens(Wall& wall) {
    const std::chrono::year_month july{std::chrono::year(2021), std::chrono::July};
    wall.hang("no_place-offline", offline_no_place()).online = false;
    wall.hang("choosing_venue-offline",
              ChoosingVenue{choice(Names::Long), venue_offer_list(Names::Long, 12), Page{1, 3}})
        .online = false;
    wall.hang("choosing_venue-applying",
              ChoosingVenue{applying(Names::Usual, 1), venue_offer_list(Names::Usual, 3), {}});
    wall.hang("choosing_day-applying",
              ChoosingDay{applying(Names::Usual, 0), VenueId(1), july, days_of(july), false, true});
    wall.hang("choosing_time-applying",
              ChoosingTime{applying(Names::Usual, 2), VenueId(1), in_days(9), times(12), {}});
    wall.hang("applying-one", Applying{applying(Names::Usual, 1)});
    wall.hang("applying", Applying{applying(Names::Usual, 3)});
    wall.hang("applying-long", Applying{applying(Names::Long, 3)});
    wall.hang("applying-long-two", Applying{applying(Names::Long, 2)});
    wall.hang("keeping_application", KeepingApplication{applying(Names::Usual, 1), QuestionId(1)});
    const std::vector<std::pair<std::string, SlipState>> states = {
        {"", SlipState::Printed},
        {"-printing", SlipState::Printing},
        {"-not_asked", SlipState::NotAsked},
        {"-failed", SlipState::Failed}};
    for (const Names names : {Names::Usual, Names::Long}) {
        const std::string end = names == Names::Long ? "-long" : "";
        for (const auto& [name, state] : states) {
            wall.hang("showing_application" + end + name,
                      ShowingApplication{applicant(), receipt(names), state, QuestionId(1)});
            if (state == SlipState::NotAsked) continue;
            wall.hang("application_taken" + end + name,
                      ApplicationTaken{receipt(names), state, QuestionId(1)});
        }
        wall.hang("asking_withdrawal" + end, AskingWithdrawal{applicant(), receipt(names)});
        wall.hang("withdrawal_taken" + end, WithdrawalTaken{receipt(names)});
    }
    for (const Names names : {Names::Usual, Names::Long}) {
        ShowingApplication declined{applicant(), receipt(names)};
        declined.receipt.application.state = ApplicationState::Declined;
        wall.hang(names == Names::Long ? "showing_application-long-declined"
                                       : "showing_application-declined",
                  declined);
    }
    wall.hang("application_taken-no_printer", ApplicationTaken{receipt(Names::Usual)})
        .settings.has_printer = false;
    wall.hang("keeping_withdrawal",
              KeepingWithdrawal{applicant(), receipt(Names::Usual), QuestionId(1)});
}

// What is the matter with a printer, where the number that is copied takes room too.
void hang_printer_troubles(Wall& wall) {
    const std::vector<std::pair<std::string, PrinterTrouble>> troubles = {
        {"no_paper", PrinterTrouble::NoPaper},
        {"open", PrinterTrouble::Open},
        {"jammed", PrinterTrouble::Jammed},
        {"not_heard", PrinterTrouble::NotHeard}};
    for (const auto& [name, trouble] : troubles) {
        wall.hang("booked-" + name, Booked{slip(Names::Long), SlipState::Failed, QuestionId(1)})
            .printer_trouble = trouble;
        wall.hang("showing_booking-" + name,
                  ShowingBooking{holder(Names::Long), false, SlipState::Failed, QuestionId(1)})
            .printer_trouble = trouble;
        wall.hang("taking_memo-" + name,
                  TakingMemo{choice(), Memo{town(), now(), {}}, SlipState::Failed})
            .printer_trouble = trouble;
    }
}

void hang_endings(Wall& wall) {
    wall.hang("farewell", Farewell{});
    wall.hang("farewell-ticket_in_view", Farewell{}).visit.ticket_in_view = true;
    wall.hang("idle_warning", Welcome{}).warning = IdleWarning{now(), 17};
    const auto hang_call = [&wall](const char* name, const StaffCall& call) {
        wall.hang(name, Welcome{}).visit.staff_called = call;
    };
    hang_call("staff_called", {{}, now()});
    hang_call("staff_coming", {{}, now(), CallProgress::Coming, "佐藤"});
    hang_call("staff_unreachable", {{}, now(), CallProgress::Unreachable});
    hang_call("staff_unanswered", {{}, now(), CallProgress::Calling, "", true});
    wall.hang("choosing_language", Welcome{}).visit.choosing_language = true;
    wall.hang("choosing_language-keeping", KeepingBooking{choice(), three_offers().front(), {}})
        .visit.choosing_language = true;
    wall.hang("choosing_comfort", Welcome{}).visit.choosing_comfort = true;
    wall.hang("choosing_comfort-keeping", KeepingBooking{choice(), three_offers().front(), {}})
        .visit.choosing_comfort = true;
    wall.hang("choosing_comfort-speaking", Welcome{}).visit.choosing_comfort = true;
    wall.last().visit.hearing = {true, Pace::Slower, Volume::Loudest};
    wall.hang("choosing_comfort-no_voice", Welcome{}).visit.choosing_comfort = true;
    wall.last().settings.voice = VoiceUse::Off;
    wall.hang("scanning-headset_gone", Scanning{}).visit.hearing.headset_gone = true;
    // A town with as long a name as any in Japan.
    Town& longest = *wall.hang("scanning-long_town", Scanning{}).town;
    longest.name = "かすみがうら市";
    longest.name_en = "Kasumigaura City";
}

}  // namespace

std::vector<Board> boards(Language language) {
    Wall wall(language);
    hang_ticket_screens(wall);
    hang_birth_screens(wall);
    hang_standing_screens(wall);
    hang_choice_screens(wall);
    hang_application_screens(wall);
    hang_printer_troubles(wall);
    hang_endings(wall);
    return wall.take();
}

}  // namespace mado::tests
