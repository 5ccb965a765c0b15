#include "kiosk/flow/kiosk_flow.h"

#include <type_traits>
#include <utility>

namespace mado::kiosk {
namespace {

constexpr int kWesternYearFirst = 1868;
constexpr std::size_t kEraYearDigits = 2;
constexpr std::size_t kWesternYearDigits = 4;
constexpr std::chrono::seconds kWarningMin{20};

// Where and when something happens.
struct At {
    const Kiosk& kiosk;
    Instant now;

    Date today() const { return date_in_japan(now); }
};

// ── how a step is made ──────────────────────────────────────────────────────────────────────────

Step nothing(const At& at) {
    return {at.kiosk, {}};
}

Step show(const At& at, Screen screen) {
    Step next{at.kiosk, {}};
    next.kiosk.screen = std::move(screen);
    return next;
}

QuestionId take_id(Kiosk& kiosk) {
    const QuestionId id = kiosk.question_next;
    kiosk.question_next = QuestionId{static_cast<std::uint64_t>(id) + 1};
    return id;
}

// Shows the screen that waits for an answer, and asks for it; both carry the question's id.
template <class Waiting, class Question>
Step ask(const At& at, Waiting screen, Question question) {
    Step next{at.kiosk, {}};
    const QuestionId id = take_id(next.kiosk);
    screen.question = id;
    question.question = id;
    next.kiosk.screen = std::move(screen);
    next.effects.push_back(std::move(question));
    return next;
}

const Slip& slip_of(const Booked& screen) {
    return screen.slip;
}

const Slip& slip_of(const ShowingBooking& screen) {
    return screen.holder.slip;
}

template <class WithSlip>
Step print(const At& at, WithSlip screen) {
    Step next{at.kiosk, {}};
    screen.job = take_id(next.kiosk);
    screen.printing = SlipState::Printing;
    next.effects.push_back(PrintSlip{screen.job, slip_of(screen), at.kiosk.visit.language});
    next.kiosk.screen = std::move(screen);
    return next;
}

// A visit in which nothing has happened yet.
Visit new_visit(const Settings& settings) {
    Visit visit;
    visit.language = settings.language;
    return visit;
}

// Where nobody stands: everything of the last visit is gone.
Kiosk at_home(Kiosk kiosk) {
    kiosk.screen = kiosk.ready ? Screen(Welcome{}) : Screen(OutOfService{});
    kiosk.visit = new_visit(kiosk.settings);
    kiosk.warning.reset();
    return kiosk;
}

Step go_home(const At& at) {
    return {at_home(at.kiosk), {}};
}

// ── the ticket ──────────────────────────────────────────────────────────────────────────────────

Step on(const At& at, const Welcome&, const StartTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const Scanning& screen, const TicketScanned& scan) {
    const auto& left = screen.left;
    if (left && left->ticket == scan.ticket && at.now < left->until) return nothing(at);
    return show(at, AskingEra{scan.ticket});
}

Step on(const At& at, Scanning screen, const ScanRefused& scan) {
    screen.problem = scan.why;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const ScanHinted& scan) {
    screen.hint = scan.hint;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const CameraFailed&) {
    screen.camera_failed = true;
    return show(at, screen);
}

Step on(const At& at, Scanning screen, const CameraWorks&) {
    screen.camera_failed = false;
    return show(at, screen);
}

Step on(const At& at, const Scanning&, const TypeNumberTouched&) {
    return show(at, TypingNumber{Personal<std::string>{""}, {}});
}

Step on(const At& at, const Scanning&, const BackTouched&) {
    return go_home(at);
}

// The digits with one more, where there is room for it.
Personal<std::string> with_digit(const Personal<std::string>& digits, int digit, std::size_t max) {
    const std::string& so_far = digits.reveal();
    if (digit < 0 || digit > 9 || so_far.size() >= max) return digits;
    return Personal(so_far + static_cast<char>('0' + digit));
}

Personal<std::string> without_last(const Personal<std::string>& digits) {
    const std::string& so_far = digits.reveal();
    return Personal(so_far.substr(0, so_far.empty() ? 0 : so_far.size() - 1));
}

Step on(const At& at, const TypingNumber& screen, const DigitTouched& touch) {
    return show(at, TypingNumber{with_digit(screen.digits, touch.digit, kTicketDigits), {}});
}

Step on(const At& at, const TypingNumber& screen, const EraseTouched&) {
    return show(at, TypingNumber{without_last(screen.digits), {}});
}

Step on(const At& at, const TypingNumber& screen, const EnterTouched&) {
    if (!at.kiosk.town) return nothing(at);
    auto number = TicketNumber::parse(screen.digits.reveal());
    if (!number.ok()) return show(at, TypingNumber{screen.digits, number.error()});
    return show(at, AskingEra{Personal(Ticket{at.kiosk.town->municipality, number.value()})});
}

Step on(const At& at, const TypingNumber&, const ScanInsteadTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const TypingNumber&, const BackTouched&) {
    return show(at, Scanning{});
}

// ── the birth date, one question a screen ───────────────────────────────────────────────────────

YearRange years_of(std::optional<Era> era, Date today) {
    if (era) return {1, last_year_of(*era, today)};
    return {kWesternYearFirst, static_cast<int>(calendar(today).year())};
}

Result<BirthDate, BirthDateError> date_of(const BirthEntry& birth, Date today) {
    if (birth.era) {
        return BirthDate::in_era(*birth.era, birth.year, birth.month, birth.day, today);
    }
    return BirthDate::western(birth.year, birth.month, birth.day, today);
}

AskingYear asking_year(const Personal<Ticket>& ticket, const BirthEntry& birth) {
    const std::string digits = birth.year == 0 ? "" : std::to_string(birth.year);
    return {ticket, Personal(birth), Personal(digits), {}};
}

// Shows the whole date to be confirmed, or says why there is no such day.
Step judge_birth(const At& at, const Personal<Ticket>& ticket, const BirthEntry& birth) {
    const auto date = date_of(birth, at.today());
    if (!date.ok()) return show(at, BirthImpossible{ticket, Personal(birth), date.error()});
    const int age = date->age_on(at.today()).value_or(0);
    return show(at, ConfirmingBirth{ticket, Personal(birth), Personal(*date), Personal(age)});
}

Step on(const At& at, const AskingEra& screen, const EraTouched& touch) {
    return show(at, asking_year(screen.ticket, BirthEntry{touch.era, 0, 0, 0}));
}

Step back_to_scanning(const At& at, const Personal<Ticket>& ticket) {
    Scanning scanning;
    scanning.left = LeftTicket{ticket, at.now + kReadAgainAfter};
    return show(at, scanning);
}

Step on(const At& at, const AskingEra& screen, const BackTouched&) {
    return back_to_scanning(at, screen.ticket);
}

Step on(const At& at, AskingYear screen, const DigitTouched& touch) {
    const bool western = !screen.birth.reveal().era;
    screen.digits =
        with_digit(screen.digits, touch.digit, western ? kWesternYearDigits : kEraYearDigits);
    screen.years.reset();
    return show(at, std::move(screen));
}

Step on(const At& at, AskingYear screen, const EraseTouched&) {
    screen.digits = without_last(screen.digits);
    screen.years.reset();
    return show(at, std::move(screen));
}

Step take_year(const At& at, AskingYear screen) {
    if (screen.digits.reveal().empty()) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    const YearRange years = years_of(birth.era, at.today());
    birth.year = std::stoi(screen.digits.reveal());  // at most four digits
    if (birth.year < years.first || birth.year > years.last) {
        screen.years = years;
        return show(at, std::move(screen));
    }
    return show(at, AskingMonth{screen.ticket, Personal(birth)});
}

Step on(const At& at, const AskingYear& screen, const EnterTouched&) {
    return take_year(at, screen);
}

Step on(const At& at, AskingYear screen, const FirstYearTouched&) {
    if (!screen.birth.reveal().era) return nothing(at);
    screen.digits = Personal<std::string>("1");
    return take_year(at, std::move(screen));
}

Step on(const At& at, const AskingYear& screen, const BackTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const AskingMonth& screen, const MonthTouched& touch) {
    if (touch.month < 1 || touch.month > 12) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    birth.month = touch.month;
    return show(at, AskingDay{screen.ticket, Personal(birth)});
}

Step on(const At& at, const AskingMonth& screen, const BackTouched&) {
    return show(at, asking_year(screen.ticket, screen.birth.reveal()));
}

Step on(const At& at, const AskingDay& screen, const DayTouched& touch) {
    if (touch.day < 1 || touch.day > 31) return nothing(at);
    BirthEntry birth = screen.birth.reveal();
    birth.day = touch.day;
    return judge_birth(at, screen.ticket, birth);
}

Step on(const At& at, const AskingDay& screen, const BackTouched&) {
    return show(at, AskingMonth{screen.ticket, screen.birth});
}

Step on(const At& at, const BirthImpossible& screen, const AgainTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const BirthImpossible& screen, const BackTouched&) {
    return show(at, AskingDay{screen.ticket, screen.birth});
}

Step log_in(const At& at, const Personal<Ticket>& ticket, const Personal<BirthEntry>& birth,
            const Personal<BirthDate>& date) {
    return ask(at, LookingUp{ticket, birth, {}}, LogIn{{}, ticket, date});
}

Step on(const At& at, const ConfirmingBirth& screen, const YesTouched&) {
    return log_in(at, screen.ticket, screen.birth, screen.date);
}

Step on(const At& at, const ConfirmingBirth& screen, const NoTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const ConfirmingBirth& screen, const BackTouched&) {
    return show(at, AskingDay{screen.ticket, screen.birth});
}

// ── what the roster says ────────────────────────────────────────────────────────────────────────

bool is_ahead(const At& at, const Applicant& applicant) {
    return applicant.wish.not_before > at.today();
}

Step found(const At& at, const LookingUp& screen, const LoggedIn& answer, const MayBook& standing) {
    const Applicant applicant{screen.ticket, screen.birth, answer.resident, standing.wish};
    if (is_ahead(at, applicant)) return show(at, IntervalAhead{applicant});
    return show(at, AskingConditions{applicant});
}

Step found(const At& at, const LookingUp& screen, const LoggedIn& answer,
           const HasBooking& standing) {
    if (!answer.slip) return show(at, PleaseAskStaff{StaffReason::BookingUnclear});
    const Holder holder{screen.ticket, screen.birth, answer.resident, *answer.slip,
                        standing.change};
    return show(at, ShowingBooking{holder, answer.slip_owed, SlipState::NotAsked, {}});
}

Step found(const At& at, const LookingUp&, const LoggedIn&, const Complete& standing) {
    return show(at, SeriesComplete{standing.last});
}

Step found(const At& at, const LookingUp&, const LoggedIn&, const AskStaff&) {
    return show(at, PleaseAskStaff{StaffReason::TicketNotGood});
}

Step on(const At& at, const LookingUp& screen, const LoggedIn& answer) {
    if (answer.question != screen.question) return nothing(at);
    const auto by_standing = [&](const auto& standing) {
        return found(at, screen, answer, standing);
    };
    return std::visit(by_standing, answer.standing);
}

Step on(const At& at, const LookingUp& screen, const LoginRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    switch (answer.reason) {
        case LoginRefusal::NotReady:
            return show(at, PleaseAskStaff{StaffReason::NotReady});
        case LoginRefusal::Locked:
            return show(at, PleaseAskStaff{StaffReason::Locked});
        case LoginRefusal::NoMatch:
            break;
    }
    const int misses = at.kiosk.visit.misses + 1;
    Step next = misses < kMissesMax ? show(at, NotMatched{screen.ticket})
                                    : show(at, PleaseAskStaff{StaffReason::TooManyMisses});
    next.kiosk.visit.misses = misses;
    return next;
}

Step on(const At& at, const LookingUp& screen, const BackTouched&) {
    return judge_birth(at, screen.ticket, screen.birth.reveal());
}

Step on(const At& at, const NotMatched& screen, const AgainTouched&) {
    return show(at, AskingEra{screen.ticket});
}

Step on(const At& at, const NotMatched&, const ScanInsteadTouched&) {
    return show(at, Scanning{});
}

Step on(const At& at, const NotMatched& screen, const BackTouched&) {
    return back_to_scanning(at, screen.ticket);
}

Step on(const At& at, const ShowingBooking& screen, const PrintTouched&) {
    if (screen.printing == SlipState::Printing) return nothing(at);
    return print(at, screen);
}

// ── choosing ────────────────────────────────────────────────────────────────────────────────────

Step back_to_birth(const At& at, const Applicant& applicant) {
    return judge_birth(at, applicant.ticket, applicant.birth.reveal());
}

Step on(const At& at, const IntervalAhead& screen, const NextTouched&) {
    return show(at, AskingConditions{screen.applicant});
}

Step on(const At& at, const IntervalAhead& screen, const BackTouched&) {
    return back_to_birth(at, screen.applicant);
}

Step list_offers(const At& at, const Applicant& applicant, const Personal<bool>& declared,
                 std::optional<OfferNotice> notice) {
    return ask(at, ListingOffers{applicant, declared, notice, {}},
               ListOffers{{}, applicant.resident, applicant.wish});
}

Step on(const At& at, const AskingConditions& screen, const YesTouched&) {
    return list_offers(at, screen.applicant, Personal(true), {});
}

Step on(const At& at, const AskingConditions& screen, const NoTouched&) {
    return list_offers(at, screen.applicant, Personal(false), {});
}

Step on(const At& at, const AskingConditions& screen, const BackTouched&) {
    if (is_ahead(at, screen.applicant)) return show(at, IntervalAhead{screen.applicant});
    return back_to_birth(at, screen.applicant);
}

Step suggest(const At& at, Choice choice) {
    auto offers = first_offers(choice.list, choice.applicant.wish.suggested, kOffersSuggested);
    return show(at, Suggesting{std::move(choice), std::move(offers)});
}

Step on(const At& at, const ListingOffers& screen, const OffersListed& answer) {
    if (answer.question != screen.question) return nothing(at);
    OfferList list = answer.offers;
    if (const auto& before = screen.applicant.instead_of) {
        std::erase_if(list.offers,
                      [&](const Offer& offer) { return offer.slot.id == before->slot.id; });
    }
    if (list.offers.empty()) return show(at, NoPlace{screen.applicant, screen.notice});
    return suggest(at, Choice{screen.applicant, screen.condition_declared, list, screen.notice});
}

// Whoever changes a booking came from it: it is looked up, since it may be another by now.
Step back_before_offers(const At& at, const Applicant& applicant) {
    if (!applicant.instead_of) return show(at, AskingConditions{applicant});
    return log_in(at, applicant.ticket, applicant.birth, applicant.resident.birth_date);
}

Step on(const At& at, const ListingOffers& screen, const BackTouched&) {
    return back_before_offers(at, screen.applicant);
}

const Offer* find_offer(const std::vector<Offer>& offers, SlotId slot) {
    const auto found =
        std::ranges::find_if(offers, [&](const Offer& offer) { return offer.slot.id == slot; });
    return found == offers.end() ? nullptr : &*found;
}

// The notice has been read by whoever goes on from the screen that showed it.
Choice without_notice(Choice choice) {
    choice.notice.reset();
    return choice;
}

Step on(const At& at, const Suggesting& screen, const OfferTouched& touch) {
    const Offer* offer = find_offer(screen.offers, touch.slot);
    if (offer == nullptr) return nothing(at);
    return show(at,
                ConfirmingBooking{without_notice(screen.choice), *offer, ChosenFrom::Suggested});
}

Page page_showing(std::size_t position, std::size_t count, int page_size) {
    const int last =
        count == 0 ? 0 : static_cast<int>((count - 1) / static_cast<unsigned>(page_size));
    return {static_cast<int>(position) / page_size, last + 1};
}

Step choose_venue(const At& at, const Choice& choice, std::optional<VenueId> before) {
    auto venues = venue_offers(choice.list);
    const auto chosen = std::ranges::find_if(
        venues, [&](const VenueOffer& offer) { return before && offer.venue.id == *before; });
    const auto position =
        chosen == venues.end() ? std::size_t{0} : static_cast<std::size_t>(chosen - venues.begin());
    const Page page = page_showing(position, venues.size(), kVenuesAPage);
    return show(at, ChoosingVenue{choice, std::move(venues), page});
}

Step on(const At& at, const Suggesting& screen, const OtherTouched&) {
    return choose_venue(at, without_notice(screen.choice), {});
}

Step on(const At& at, const Suggesting& screen, const BackTouched&) {
    return back_before_offers(at, screen.choice.applicant);
}

Step choose_day(const At& at, const Choice& choice, VenueId venue,
                std::optional<std::chrono::year_month> wanted) {
    const auto months = months_of(choice.list, venue);
    if (months.empty()) return nothing(at);
    const auto month = std::clamp(wanted.value_or(months.front()), months.front(), months.back());
    return show(at, ChoosingDay{choice, venue, month, month_of(choice.list, venue, month),
                                month > months.front(), month < months.back()});
}

std::chrono::year_month month_with(Date date) {
    const auto day = calendar(date);
    return {day.year(), day.month()};
}

Step on(const At& at, const ChoosingVenue& screen, const VenueTouched& touch) {
    // A dose after the first has a recommended day: its month is the one to see first.
    const auto suggested = screen.choice.applicant.wish.suggested;
    return choose_day(at, screen.choice, touch.venue,
                      suggested ? std::optional(month_with(*suggested)) : std::nullopt);
}

template <class Paged>
Step turn(const At& at, Paged screen, int by) {
    const int index = screen.page.index + by;
    if (index < 0 || index >= screen.page.count) return nothing(at);
    screen.page.index = index;
    return show(at, std::move(screen));
}

Step on(const At& at, const ChoosingVenue& screen, const EarlierTouched&) {
    return turn(at, screen, -1);
}

Step on(const At& at, const ChoosingVenue& screen, const LaterTouched&) {
    return turn(at, screen, +1);
}

Step on(const At& at, const ChoosingVenue& screen, const BackTouched&) {
    return suggest(at, screen.choice);
}

Step choose_time(const At& at, const Choice& choice, VenueId venue, Date date,
                 std::optional<SlotId> before) {
    auto times = times_of(choice.list, venue, date);
    if (times.empty()) return nothing(at);
    const Offer* chosen = before ? find_offer(times, *before) : nullptr;
    const auto position =
        chosen == nullptr ? std::size_t{0} : static_cast<std::size_t>(chosen - times.data());
    const Page page = page_showing(position, times.size(), kTimesAPage);
    return show(at, ChoosingTime{choice, venue, date, std::move(times), page});
}

Step on(const At& at, const ChoosingDay& screen, const DateTouched& touch) {
    return choose_time(at, screen.choice, screen.venue, touch.date, {});
}

Step on(const At& at, const ChoosingDay& screen, const EarlierTouched&) {
    return choose_day(at, screen.choice, screen.venue, screen.month - std::chrono::months(1));
}

Step on(const At& at, const ChoosingDay& screen, const LaterTouched&) {
    return choose_day(at, screen.choice, screen.venue, screen.month + std::chrono::months(1));
}

Step on(const At& at, const ChoosingDay& screen, const BackTouched&) {
    return choose_venue(at, screen.choice, screen.venue);
}

Step on(const At& at, const ChoosingTime& screen, const OfferTouched& touch) {
    const Offer* offer = find_offer(screen.times, touch.slot);
    if (offer == nullptr) return nothing(at);
    return show(at, ConfirmingBooking{screen.choice, *offer, ChosenFrom::Calendar});
}

Step on(const At& at, const ChoosingTime& screen, const EarlierTouched&) {
    return turn(at, screen, -1);
}

Step on(const At& at, const ChoosingTime& screen, const LaterTouched&) {
    return turn(at, screen, +1);
}

Step on(const At& at, const ChoosingTime& screen, const BackTouched&) {
    return choose_day(at, screen.choice, screen.venue, month_with(screen.date));
}

// ── booking ─────────────────────────────────────────────────────────────────────────────────────

Step on(const At& at, const ConfirmingBooking& screen, const YesTouched&) {
    const Applicant& applicant = screen.choice.applicant;
    Book book{{},
              applicant.resident,
              screen.offer.slot.id,
              screen.choice.condition_declared.reveal(),
              {}};
    if (applicant.instead_of) book.instead_of = as_seen(applicant.instead_of->booking);
    return ask(at, KeepingBooking{screen.choice, screen.offer, {}}, std::move(book));
}

Step on(const At& at, const ConfirmingBooking& screen, const BackTouched&) {
    if (screen.from == ChosenFrom::Suggested) return suggest(at, screen.choice);
    const Slot& slot = screen.offer.slot;
    return choose_time(at, screen.choice, slot.venue, slot.date, slot.id);
}

Step on(const At& at, const ConfirmingBooking& screen, const NoTouched&) {
    return on(at, screen, BackTouched{});
}

Step on(const At& at, const KeepingBooking& screen, const BookingKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    return print(at, Booked{answer.slip, SlipState::Printing, {}, answer.earlier});
}

Step on(const At& at, const KeepingBooking& screen, const BookingRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    const Applicant& applicant = screen.choice.applicant;
    const auto list_again = [&](OfferNotice notice) {
        return list_offers(at, applicant, screen.choice.condition_declared, notice);
    };
    switch (answer.reason) {
        case BookingRefusal::NoSeat:
        case BookingRefusal::SlotUnknown:
        case BookingRefusal::SlotPast:
            return list_again(OfferNotice::JustFilled);
        case BookingRefusal::TooEarly:
        case BookingRefusal::WrongVaccine:
        case BookingRefusal::TooYoung:
            return list_again(OfferNotice::NotPossible);
        // What there is to know has changed since the log-in: look again, and show that.
        case BookingRefusal::AlreadyBooked:
        case BookingRefusal::NotEligible:
        case BookingRefusal::OtherVersion:
        case BookingRefusal::TooLate:
            return log_in(at, applicant.ticket, applicant.birth, applicant.resident.birth_date);
        case BookingRefusal::StorageFailed:
            break;
    }
    return show(at, PleaseAskStaff{applicant.instead_of ? StaffReason::NothingChanged
                                                        : StaffReason::StorageFailed});
}

Step on(const At& at, const Booked& screen, const PrintTouched&) {
    if (screen.printing != SlipState::Failed) return nothing(at);
    return print(at, screen);
}

// ── changing and cancelling ─────────────────────────────────────────────────────────────────────

Step on(const At& at, const ShowingBooking& screen, const ChangeTouched&) {
    const Holder& holder = screen.holder;
    if (!may_change(holder) || screen.printing == SlipState::Printing) return nothing(at);
    const Applicant applicant{holder.ticket, holder.birth, holder.resident, *holder.change,
                              holder.slip};
    // What was declared stands: it is asked of the person, not of the day.
    return list_offers(at, applicant, Personal(holder.slip.booking.condition_declared), {});
}

Step on(const At& at, const ShowingBooking& screen, const CancelTouched&) {
    const bool prints = screen.printing == SlipState::Printing;
    if (!may_cancel(screen.holder) || prints) return nothing(at);
    return show(at, AskingCancel{screen.holder});
}

Step on(const At& at, const AskingCancel& screen, const YesTouched&) {
    const Booking& booking = screen.holder.slip.booking;
    return ask(at, KeepingCancel{screen.holder, {}}, Cancel{{}, booking.person, as_seen(booking)});
}

Step look_again(const At& at, const Holder& holder) {
    return log_in(at, holder.ticket, holder.birth, holder.resident.birth_date);
}

Step on(const At& at, const AskingCancel& screen, const NoTouched&) {
    return look_again(at, screen.holder);
}

Step on(const At& at, const AskingCancel& screen, const BackTouched&) {
    return look_again(at, screen.holder);
}

Step on(const At& at, const KeepingCancel& screen, const CancelKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    return show(at, CancelTaken{screen.holder.slip, answer.progress});
}

Step on(const At& at, const KeepingCancel& screen, const CancelRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    switch (answer.reason) {
        // The booking as it is now says what is possible.
        case CancelRefusal::OtherVersion:
        case CancelRefusal::TooLate:
            return look_again(at, screen.holder);
        case CancelRefusal::NotReady:
        case CancelRefusal::StorageFailed:
            break;
    }
    return show(at, PleaseAskStaff{StaffReason::NothingChanged});
}

// ── leaving, and what the world reports ─────────────────────────────────────────────────────────

Step on(const At& at, const Farewell&, const FinishTouched&) {
    return go_home(at);
}

template <class Anywhere>
Step on(const At& at, const Anywhere&, const FinishTouched&) {
    if (leave_of(at.kiosk.screen) != Leave::Finish) return nothing(at);
    return show(at, Farewell{});
}

template <class WithSlip>
Step printed(const At& at, WithSlip screen, QuestionId job, SlipState outcome) {
    if (screen.job != job || screen.printing != SlipState::Printing) return nothing(at);
    screen.printing = outcome;
    return show(at, std::move(screen));
}

template <class Anywhere>
concept ShowsASlip = std::is_same_v<Anywhere, Booked> || std::is_same_v<Anywhere, ShowingBooking>;

template <ShowsASlip Screen>
Step on(const At& at, const Screen& screen, const SlipPrinted& outcome) {
    return printed(at, screen, outcome.job, SlipState::Printed);
}

template <ShowsASlip Screen>
Step on(const At& at, const Screen& screen, const SlipNotPrinted& outcome) {
    return printed(at, screen, outcome.job, SlipState::Failed);
}

// Everything else changes nothing: a late answer, a second touch on a button that has gone.
template <class Anywhere, class Anything>
Step on(const At& at, const Anywhere&, const Anything&) {
    return nothing(at);
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────

template <class... Screens>
bool is_any(const Screen& screen) {
    return (std::holds_alternative<Screens>(screen) || ...);
}

std::chrono::seconds warning_of(const Settings& settings) {
    return std::max(settings.warning, kWarningMin);
}

// How long this screen stays without a touch before something happens; none: for ever.
std::optional<Milliseconds> patience_of(const Kiosk& kiosk) {
    const Settings& settings = kiosk.settings;
    const Screen& screen = kiosk.screen;
    if (is_any<Welcome, OutOfService>(screen)) {
        if (kiosk.visit == new_visit(settings)) return {};
        return settings.idle_limit;
    }
    if (is_any<KeepingBooking, KeepingCancel>(screen)) return settings.keeping_limit;
    if (is_any<Farewell>(screen)) {
        const bool stays = kiosk.visit.ticket_in_view || kiosk.visit.choosing_language;
        return stays ? settings.idle_limit + warning_of(settings) : settings.farewell;
    }
    const auto limit = kiosk.visit.staff_called ? settings.staff_limit : settings.idle_limit;
    // Nobody is idle who waits for us.
    return is_any<LookingUp>(screen) ? limit + kLoginPauseMax : limit;
}

int seconds_until(Instant end, Instant now) {
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(end - now).count());
}

Step warn(const At& at) {
    Step next = nothing(at);
    if (!next.kiosk.warning) {
        next.kiosk.warning = IdleWarning{at.now + warning_of(at.kiosk.settings), 0};
    }
    next.kiosk.warning->seconds_left = seconds_until(next.kiosk.warning->ends, at.now);
    return next;
}

// A clock that was set back must not leave a person's data standing for the difference.
Kiosk with_clock_at(Kiosk kiosk, Instant now) {
    kiosk.active_since = std::min(kiosk.active_since, now);
    if (kiosk.warning) {
        kiosk.warning->ends =
            std::min<Instant>(kiosk.warning->ends, now + warning_of(kiosk.settings));
    }
    return kiosk;
}

Step tick(const At& at) {
    const Kiosk& kiosk = at.kiosk;
    if (kiosk.warning) return at.now < kiosk.warning->ends ? warn(at) : go_home(at);
    const auto patience = patience_of(kiosk);
    if (!patience || at.now < kiosk.active_since + *patience) return nothing(at);
    // A kiosk that gives no answer about a booking must not let the person go without a word.
    if (is_any<KeepingBooking, KeepingCancel>(kiosk.screen)) {
        return show(at, PleaseAskStaff{StaffReason::NoAnswer});
    }
    if (is_any<Welcome, OutOfService, Farewell>(kiosk.screen)) return go_home(at);
    return warn(at);
}

// ── the whole ───────────────────────────────────────────────────────────────────────────────────

template <class Happened>
constexpr bool kIsTouch =
    std::is_same_v<Happened, LanguageTouched> || std::is_same_v<Happened, ChooseLanguageTouched> ||
    std::is_same_v<Happened, StartTouched> || std::is_same_v<Happened, TypeNumberTouched> ||
    std::is_same_v<Happened, ScanInsteadTouched> || std::is_same_v<Happened, DigitTouched> ||
    std::is_same_v<Happened, EraseTouched> || std::is_same_v<Happened, FirstYearTouched> ||
    std::is_same_v<Happened, EnterTouched> || std::is_same_v<Happened, EraTouched> ||
    std::is_same_v<Happened, MonthTouched> || std::is_same_v<Happened, DayTouched> ||
    std::is_same_v<Happened, YesTouched> || std::is_same_v<Happened, NoTouched> ||
    std::is_same_v<Happened, AgainTouched> || std::is_same_v<Happened, NextTouched> ||
    std::is_same_v<Happened, OfferTouched> || std::is_same_v<Happened, OtherTouched> ||
    std::is_same_v<Happened, VenueTouched> || std::is_same_v<Happened, DateTouched> ||
    std::is_same_v<Happened, EarlierTouched> || std::is_same_v<Happened, LaterTouched> ||
    std::is_same_v<Happened, ChangeTouched> || std::is_same_v<Happened, CancelTouched> ||
    std::is_same_v<Happened, PrintTouched> || std::is_same_v<Happened, BackTouched> ||
    std::is_same_v<Happened, FinishTouched> || std::is_same_v<Happened, CallStaffTouched> ||
    std::is_same_v<Happened, ReturnTouched> || std::is_same_v<Happened, ContinueTouched>;

template <class Happened>
Step dispatch(const At& at, const Happened& happened) {
    return std::visit([&](const auto& screen) { return on(at, screen, happened); },
                      at.kiosk.screen);
}

// What can be touched on every screen and on whatever lies over it. It leaves the visit as it is.
template <class Happened>
constexpr bool kIsOfTheFrame =
    std::is_same_v<Happened, LanguageTouched> || std::is_same_v<Happened, ChooseLanguageTouched> ||
    std::is_same_v<Happened, CallStaffTouched>;

void frame_touched(Kiosk& kiosk, const LanguageTouched& touch) {
    kiosk.visit.language = touch.language;
    kiosk.visit.choosing_language = false;
}

void frame_touched(Kiosk& kiosk, const ChooseLanguageTouched&) {
    kiosk.visit.choosing_language = true;
}

void frame_touched(Kiosk& kiosk, const CallStaffTouched&) {
    if (!may_call_staff(kiosk.screen)) return;
    kiosk.visit.staff_called = true;
    kiosk.visit.choosing_language = false;
}

// What lies over a screen takes the touch; whatever it hits there, it is a sign of life.
template <class Happened>
Step touched(const At& at, const Happened& touch) {
    const bool returns = std::is_same_v<Happened, ReturnTouched>;
    Step next = nothing(at);
    Visit& visit = next.kiosk.visit;
    next.kiosk.warning.reset();
    if constexpr (kIsOfTheFrame<Happened>) {
        frame_touched(next.kiosk, touch);
    } else if (at.kiosk.warning) {
        // It has gone, and that is all.
    } else if (visit.choosing_language) {
        visit.choosing_language = !returns;
    } else if (visit.staff_called) {
        visit.staff_called = !returns;
    } else {
        next = dispatch(at, touch);
    }
    next.kiosk.active_since = at.now;
    return next;
}

// Pictures and codes of a camera that was opened for somebody else say nothing here.
template <class Report>
Step camera_reported(const At& at, const Report& report) {
    if (!at.kiosk.camera || at.kiosk.camera->id != report.camera) return nothing(at);
    if constexpr (std::is_same_v<Report, TicketInView> || std::is_same_v<Report, TicketGone>) {
        constexpr bool kInView = std::is_same_v<Report, TicketInView>;
        Step next = nothing(at);
        if (next.kiosk.visit.ticket_in_view != kInView) next.kiosk.active_since = at.now;
        next.kiosk.visit.ticket_in_view = kInView;
        return next;
    } else {
        return dispatch(at, report);
    }
}

Step service_changed(const At& at, const ServiceChanged& change) {
    Step next = nothing(at);
    next.kiosk.online = change.online;
    next.kiosk.clock_wrong = change.clock_wrong;
    next.kiosk.backlog = change.backlog;
    // While it is online they are on their way.
    if (change.online) next.kiosk.backlog.unanswered = 0;
    if (change.online) next.kiosk.backlog.unanswered_since.reset();
    if (change.town) next.kiosk.town = change.town;
    next.kiosk.ready = change.ready && next.kiosk.town.has_value();
    const bool home = is_any<Welcome, OutOfService>(next.kiosk.screen);
    const bool open = is_any<Welcome>(next.kiosk.screen);
    // A visit that has begun goes on; the next one finds the kiosk as it is then.
    if (home && open != next.kiosk.ready) next.kiosk = at_home(std::move(next.kiosk));
    return next;
}

template <class Happened>
Step happen(const At& at, const Happened& happened) {
    if constexpr (kIsTouch<Happened>) {
        return touched(at, happened);
    } else if constexpr (requires { happened.camera; }) {
        return camera_reported(at, happened);
    } else if constexpr (requires { happened.job; }) {
        constexpr bool kPrinted = std::is_same_v<Happened, SlipPrinted>;
        Step next = dispatch(at, happened);
        next.effects.push_back(NoteSlip{happened.booking, kPrinted});
        return next;
    } else if constexpr (std::is_same_v<Happened, ServiceChanged>) {
        return service_changed(at, happened);
    } else if constexpr (std::is_same_v<Happened, Tick>) {
        return tick(at);
    } else {
        return dispatch(at, happened);
    }
}

// What the camera is needed for here. It watches where a visit ends, so that nobody leaves the
// ticket behind, and is off while questions are asked.
std::optional<CameraUse> camera_use_of(const Screen& screen) {
    if (is_any<Scanning>(screen)) return CameraUse::Read;
    if (is_any<Booked, ShowingBooking, CancelTaken, SeriesComplete, NoPlace, PleaseAskStaff,
               Farewell>(screen)) {
        return CameraUse::Watch;
    }
    return {};
}

// Brings the camera to what the screen needs. Each new use has a new id.
void settle_camera(Step& next) {
    Kiosk& kiosk = next.kiosk;
    const auto use = camera_use_of(kiosk.screen);
    const bool same = use && kiosk.camera && kiosk.camera->use == *use;
    if (same || (!use && !kiosk.camera)) return;
    if (kiosk.camera && kiosk.camera->use == CameraUse::Read) {
        next.effects.push_back(ForgetCapture{});
    }
    kiosk.camera.reset();
    kiosk.visit.ticket_in_view = false;
    if (!use) {
        next.effects.push_back(CloseCamera{});
        return;
    }
    kiosk.camera = CameraOrder{take_id(kiosk), *use};
    next.effects.push_back(OpenCamera{kiosk.camera->id, *use});
}

}  // namespace

Step step(const Kiosk& before, const Event& event, Instant now) {
    const Kiosk kiosk = with_clock_at(before, now);
    const At at{kiosk, now};
    Step next = std::visit([&](const auto& happened) { return happen(at, happened); }, event);
    if (next.kiosk.screen.index() != kiosk.screen.index()) {
        next.kiosk.active_since = now;
        next.kiosk.warning.reset();
    }
    settle_camera(next);
    return next;
}

std::optional<Instant> wake_at(const Kiosk& kiosk) {
    if (kiosk.warning) {
        return kiosk.warning->ends - std::chrono::seconds(kiosk.warning->seconds_left - 1);
    }
    const auto patience = patience_of(kiosk);
    if (!patience) return {};
    return kiosk.active_since + *patience;
}

Leave leave_of(const Screen& screen) {
    if (is_any<Welcome, OutOfService, KeepingBooking, KeepingCancel>(screen)) return Leave::Nothing;
    if (is_any<SeriesComplete, ShowingBooking, CancelTaken, PleaseAskStaff, NoPlace, Booked,
               Farewell>(screen)) {
        return Leave::Finish;
    }
    return Leave::Back;
}

bool may_call_staff(const Screen& screen) {
    return !is_any<KeepingBooking, KeepingCancel>(screen);
}

bool may_change(const Holder& holder) {
    return holder.slip.change_until.has_value() && holder.change.has_value();
}

bool may_cancel(const Holder& holder) {
    return holder.slip.change_until.has_value();
}

const char* name_of(const Screen& screen) {
    struct Names {
        const char* operator()(const Welcome&) const { return "welcome"; }
        const char* operator()(const OutOfService&) const { return "out_of_service"; }
        const char* operator()(const Scanning&) const { return "scanning"; }
        const char* operator()(const TypingNumber&) const { return "typing_number"; }
        const char* operator()(const AskingEra&) const { return "asking_era"; }
        const char* operator()(const AskingYear&) const { return "asking_year"; }
        const char* operator()(const AskingMonth&) const { return "asking_month"; }
        const char* operator()(const AskingDay&) const { return "asking_day"; }
        const char* operator()(const BirthImpossible&) const { return "birth_impossible"; }
        const char* operator()(const ConfirmingBirth&) const { return "confirming_birth"; }
        const char* operator()(const LookingUp&) const { return "looking_up"; }
        const char* operator()(const NotMatched&) const { return "not_matched"; }
        const char* operator()(const SeriesComplete&) const { return "series_complete"; }
        const char* operator()(const ShowingBooking&) const { return "showing_booking"; }
        const char* operator()(const AskingCancel&) const { return "asking_cancel"; }
        const char* operator()(const KeepingCancel&) const { return "keeping_cancel"; }
        const char* operator()(const CancelTaken&) const { return "cancel_taken"; }
        const char* operator()(const PleaseAskStaff&) const { return "please_ask_staff"; }
        const char* operator()(const IntervalAhead&) const { return "interval_ahead"; }
        const char* operator()(const AskingConditions&) const { return "asking_conditions"; }
        const char* operator()(const ListingOffers&) const { return "listing_offers"; }
        const char* operator()(const NoPlace&) const { return "no_place"; }
        const char* operator()(const Suggesting&) const { return "suggesting"; }
        const char* operator()(const ChoosingVenue&) const { return "choosing_venue"; }
        const char* operator()(const ChoosingDay&) const { return "choosing_day"; }
        const char* operator()(const ChoosingTime&) const { return "choosing_time"; }
        const char* operator()(const ConfirmingBooking&) const { return "confirming_booking"; }
        const char* operator()(const KeepingBooking&) const { return "keeping_booking"; }
        const char* operator()(const Booked&) const { return "booked"; }
        const char* operator()(const Farewell&) const { return "farewell"; }
    };
    return std::visit(Names{}, screen);
}

}  // namespace mado::kiosk
