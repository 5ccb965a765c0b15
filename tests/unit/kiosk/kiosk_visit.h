#pragma once

// A visit at a kiosk as a test tells it: what happens, then what is shown and what was done.
//
//   KioskVisit visit;
//   visit.when(StartTouched{}).scans(a_ticket());
//   EXPECT_TRUE(visit.shows<AskingEra>());

#include "kiosk/flow/kiosk_flow.h"

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace mado::kiosk::tests {

class KioskVisit {
  public:
    // A kiosk that is ready and at rest, on tests::today() at nine.
    explicit KioskVisit(Settings settings = {});

    KioskVisit& when(const Event& event);
    // A ticket, a wrong code or a hint from the camera that is open.
    KioskVisit& scans(const Ticket& ticket);
    KioskVisit& scans(TicketError why);
    KioskVisit& types(std::string_view digits);
    KioskVisit& enters_birth(std::optional<Era> era, int year, int month, int day);
    // Nothing happens for so long; Ticks come when wake_at() asks for them.
    KioskVisit& waits(Milliseconds duration);

    const Kiosk& kiosk() const { return kiosk_; }
    Instant now() const { return now_; }
    // Sets the clock alone, as a person or a time server may.
    void clock_jumps(Milliseconds by) { now_ += by; }

    // The camera that is open; its id names what comes from it.
    QuestionId camera() const { return kiosk_.camera ? kiosk_.camera->id : QuestionId{}; }

    template <class Expected>
    const Expected* shows() const {
        return std::get_if<Expected>(&kiosk_.screen);
    }

    // What the last event led to.
    template <class Expected>
    const Expected* did() const {
        for (const Effect& effect : effects_) {
            if (const auto* found = std::get_if<Expected>(&effect)) return found;
        }
        return nullptr;
    }
    bool did_nothing() const { return effects_.empty(); }

  private:
    Kiosk kiosk_;
    Instant now_;
    std::vector<Effect> effects_;
};

// A board's kiosk as it would stand there, somebody having just touched it, and says nothing: that
// is told in voice_test.cpp.
Kiosk standing(Kiosk kiosk);

// Visits on their way, each one step further than the one before.
KioskVisit a_visit_confirming_birth(Settings settings = {});
KioskVisit a_visit_looking_up(Settings settings = {});
KioskVisit a_visit_declaring();
KioskVisit a_visit_suggesting();
KioskVisit a_visit_confirming_booking();
KioskVisit a_visit_keeping_a_booking();
KioskVisit a_visit_booked();

LoggedIn may_book(QuestionId question, int dose = 1, std::optional<Date> not_before = {});
LoggedIn has_booking(QuestionId question, bool slip_owed);
// Three venues, from a week ahead for 40 days, 24 times a day; slot ids run from 1.
OfferList an_offer_list();
Slip a_slip(std::int64_t number = 127);

}  // namespace mado::kiosk::tests
