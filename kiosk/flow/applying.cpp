#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

namespace {

Step look_again(const At& at, const Applicant& applicant) {
    return log_in(at, applicant.ticket, applicant.birth, applicant.resident.birth_date);
}

// Every slot that this person may take, to choose from.
Step list_every_slot(const At& at, const Applicant& applicant,
                     const Personal<Declaration>& declared, std::optional<OfferNotice> notice) {
    return ask(at, ListingOffers{applicant, declared, notice, {}, Offered::EverySlot},
               ListOffers{{}, applicant.resident, applicant.wish, Offered::EverySlot});
}

template <class WithReceipt>
Step print_application(const At& at, WithReceipt screen) {
    Step next{at.kiosk, {}};
    screen.job = take_id(next.kiosk);
    screen.printing = SlipState::Printing;
    next.effects.push_back(PrintApplication{screen.job, screen.receipt, at.kiosk.visit.language});
    next.kiosk.screen = std::move(screen);
    return next;
}

std::optional<VenueId> last_venue(const Choice& choice) {
    if (choice.applying->empty()) return {};
    return choice.applying->back().slot.venue;
}

}  // namespace

Step on(const At& at, const NoPlace& screen, const ApplyTouched&) {
    if (!may_apply(screen)) return nothing(at);
    // The network is back, and with it the seats of the others.
    if (at.kiosk.online) return list_offers(at, screen.applicant, screen.declared, {});
    return list_every_slot(at, screen.applicant, screen.declared, {});
}

Step on(const At& at, const ChoosingVenue& screen, const ApplyTouched&) {
    if (!may_apply(at.kiosk, screen)) return nothing(at);
    return list_every_slot(at, screen.choice.applicant, screen.choice.declared, {});
}

Step begin_application(const At& at, const ListingOffers& screen, const OfferList& list) {
    if (list.offers.empty()) {
        NoPlace none{screen.applicant, screen.notice};
        none.offline = true;
        none.declared = screen.declared;
        return show(at, std::move(none));
    }
    const Choice choice{screen.applicant, screen.declared, list, screen.notice,
                        std::vector<Offer>()};
    return choose_venue(at, choice, {});
}

Step add_choice(const At& at, Choice choice, const Offer& offer) {
    if (choice.applying->size() >= kChoicesMax) return nothing(at);
    choice.applying->push_back(offer);
    return show(at, Applying{without_notice(std::move(choice))});
}

Step on(const At& at, const Applying& screen, const AddTouched&) {
    if (!may_add(screen)) return nothing(at);
    return choose_venue(at, screen.choice, last_venue(screen.choice));
}

Step on(const At& at, const Applying& screen, const RemoveTouched& touch) {
    Choice choice = screen.choice;
    const auto removed = std::erase_if(
        *choice.applying, [&](const Offer& offer) { return offer.slot.id == touch.slot; });
    if (removed == 0) return nothing(at);
    if (choice.applying->empty()) return choose_venue(at, choice, {});
    return show(at, Applying{std::move(choice)});
}

Step on(const At& at, const Applying& screen, const YesTouched&) {
    Apply apply{{}, screen.choice.applicant.resident, {}, screen.choice.declared.reveal()};
    for (const Offer& offer : *screen.choice.applying)
        apply.choices.push_back(offer.slot.id);
    return ask(at, KeepingApplication{screen.choice, {}}, std::move(apply));
}

// The last choice is taken back, and chosen anew among the times of its day.
Step on(const At& at, const Applying& screen, const BackTouched&) {
    Choice choice = screen.choice;
    const Slot last = choice.applying->back().slot;
    choice.applying->pop_back();
    return choose_time(at, choice, last.venue, last.date, last.id);
}

Step on(const At& at, const KeepingApplication& screen, const ApplicationKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    const ApplicationTaken taken{answer.receipt};
    if (!at.kiosk.settings.has_printer) return show(at, taken);
    return print_application(at, taken);
}

Step on(const At& at, const KeepingApplication& screen, const ApplicationRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    const Applicant& applicant = screen.choice.applicant;
    switch (answer.reason) {
        case ApplicationRefusal::ChoiceGone:
            return list_every_slot(at, applicant, screen.choice.declared, OfferNotice::NotPossible);
        case ApplicationRefusal::NotPossible:
        case ApplicationRefusal::NotWaiting:
            return look_again(at, applicant);
        case ApplicationRefusal::NotReady:
        case ApplicationRefusal::StorageFailed:
            break;
    }
    return show(at, PleaseAskStaff{StaffReason::NotApplied});
}

Step on(const At& at, const ApplicationTaken& screen, const PrintTouched&) {
    if (screen.printing != SlipState::Failed) return nothing(at);
    return print_application(at, screen);
}

Step on(const At& at, const ApplicationTaken& screen, const ApplicationPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const ApplicationTaken& screen, const ApplicationNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

Step on(const At& at, const ShowingApplication& screen, const PrintTouched&) {
    const bool prints = screen.printing == SlipState::Printing;
    const bool may = at.kiosk.settings.has_printer && is_waiting(screen.receipt);
    if (prints || !may) return nothing(at);
    return print_application(at, screen);
}

Step on(const At& at, const ShowingApplication& screen, const ApplicationPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Printed);
}

Step on(const At& at, const ShowingApplication& screen, const ApplicationNotPrinted& outcome) {
    return end_print(at, screen, outcome.job, SlipState::Failed);
}

// A booking ends the application: at the server, and here as soon as it is made.
Step on(const At& at, const ShowingApplication& screen, const NextTouched&) {
    if (screen.printing == SlipState::Printing) return nothing(at);
    return list_offers(at, screen.applicant, Personal(screen.receipt.application.declared), {});
}

Step on(const At& at, const ShowingApplication& screen, const WithdrawTouched&) {
    const bool waits = is_waiting(screen.receipt);
    if (screen.printing == SlipState::Printing || !waits) return nothing(at);
    return show(at, AskingWithdrawal{screen.applicant, screen.receipt});
}

Step on(const At& at, const AskingWithdrawal& screen, const YesTouched&) {
    const Application& application = screen.receipt.application;
    return ask(at, KeepingWithdrawal{screen.applicant, screen.receipt, {}},
               Withdraw{{}, application.person, application.id});
}

Step on(const At& at, const AskingWithdrawal& screen, const NoTouched&) {
    return look_again(at, screen.applicant);
}

Step on(const At& at, const AskingWithdrawal& screen, const BackTouched&) {
    return look_again(at, screen.applicant);
}

Step on(const At& at, const KeepingWithdrawal& screen, const WithdrawalKept& answer) {
    if (answer.question != screen.question) return nothing(at);
    return show(at, WithdrawalTaken{screen.receipt});
}

Step on(const At& at, const KeepingWithdrawal& screen, const WithdrawalRefused& answer) {
    if (answer.question != screen.question) return nothing(at);
    // The town has decided: what there is now says more.
    if (answer.reason == ApplicationRefusal::NotWaiting) return look_again(at, screen.applicant);
    return show(at, PleaseAskStaff{StaffReason::StillWaiting});
}

}  // namespace mado::kiosk::steps
