#pragma once

// How a step is made: what every transition has at hand. Inside kiosk/flow only.

#include "kiosk/flow/kiosk_flow.h"

#include <utility>

namespace mado::kiosk::steps {

// Where and when something happens.
struct At {
    const Kiosk& kiosk;
    Instant now;

    Date today() const { return date_in_japan(now); }
};

inline Step nothing(const At& at) {
    return {at.kiosk, {}};
}

inline Step show(const At& at, Screen screen) {
    Step next{at.kiosk, {}};
    next.kiosk.screen = std::move(screen);
    return next;
}

inline QuestionId take_id(Kiosk& kiosk) {
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

// What the printer made of the job that this screen waits for; a job before it changes nothing.
template <class Printing>
Step end_print(const At& at, Printing screen, QuestionId job, SlipState outcome) {
    if (screen.job != job || screen.printing != SlipState::Printing) return nothing(at);
    screen.printing = outcome;
    return show(at, std::move(screen));
}

// Where nobody stands: everything of the last visit is gone.
Kiosk at_home(Kiosk kiosk);

inline Step go_home(const At& at) {
    return {at_home(at.kiosk), {}};
}

template <class... Screens>
bool is_any(const Screen& screen) {
    return (std::holds_alternative<Screens>(screen) || ...);
}

// What waits until the device has kept what the person decided: not to be left or drawn out.
inline bool is_keeping(const Screen& screen) {
    return is_any<KeepingBooking, KeepingCancel, KeepingApplication, KeepingWithdrawal>(screen);
}

}  // namespace mado::kiosk::steps
