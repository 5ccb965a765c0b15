#include "tests/simulation/kiosk_machine.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mado::simulation {

namespace {

// The product looks at the clock at least this often; a simulated one is told when it is set.
constexpr Milliseconds kSleepMax = std::chrono::minutes(1);

}  // namespace

KioskMachine::KioskMachine(World world, std::filesystem::path folder, device::Identity identity,
                           const Digest& key)
    : world_(world),
      folder_(std::move(folder)),
      identity_(std::move(identity)),
      clock_(world.timeline),
      link_(world.timeline, world.server, world.dice, key) {}

KioskMachine::~KioskMachine() {
    ++run_;
}

Result<void, IoError> KioskMachine::start() {
    MADO_CHECK(!runs());
    auto store = MADO_TRY(device::DeviceStore::open(folder_, identity_));
    engine_.emplace(MADO_TRY(device::Engine::start(std::move(store), world_.dice, clock_.now())));
    clock_watch_.emplace(clock_);
    ++run_;
    ++counts_.starts;
    kiosk_ = kiosk::Kiosk{};
    status_ = device::Status{};
    town_.reset();
    try_at_ = world_.timeline.now();
    world_.books.note(name(), "starts");
    go_on();
    return {};
}

void KioskMachine::kill() {
    ++run_;
    engine_.reset();
    visitor_.reset();
    world_.books.note(name(), "dies");
}

void KioskMachine::enrol_again(device::Identity identity, const Digest& key) {
    MADO_CHECK(!runs());
    identity_ = std::move(identity);
    link_.use_key(key);
}

bool KioskMachine::free() const {
    return runs() && !occupied() && std::holds_alternative<kiosk::Welcome>(kiosk_.screen);
}

void KioskMachine::receive(Visitor visitor) {
    MADO_CHECK(free());
    visitor_ = std::move(visitor);
    ++counts_.visits;
    let_visitor_act();
}

void KioskMachine::look_up() {
    if (!runs()) return;
    engine_->tick(look());
    go_on();
}

void KioskMachine::try_every(Milliseconds pause) {
    try_pause_ = pause;
    try_at_ = world_.timeline.now() + pause;
}

Instant KioskMachine::look() {
    const auto [now, moved] = clock_watch_->look();
    if (moved != Milliseconds(0)) engine_->clock_moved(moved);
    return now;
}

// Everything that can be done at this moment, and then a sleep until something else happens.
void KioskMachine::go_on() {
    take_answers();
    take_service();
    take_answers();
    send();
    world_.books.device_state(id(), *engine_);
    sleep();
}

void KioskMachine::take_answers() {
    // An answer may lead to a further question that is answered at once.
    for (auto answers = engine_->take_answers(); !answers.empty();
         answers = engine_->take_answers()) {
        for (const DeskAnswer& answer : answers)
            std::visit([&](const auto& said) { happen(said); }, answer);
    }
}

void KioskMachine::take_service() {
    const device::Status status = engine_->status();
    const auto& town = engine_->facts().town;
    if (status == status_ && town == town_) return;
    if (status.fenced && !status_.fenced) world_.books.note(name(), "is fenced");
    if (status.online != status_.online) {
        world_.books.note(name(), status.online ? "is online" : "is offline");
    }
    status_ = status;
    town_ = town;
    happen(kiosk::ServiceChanged{status.ready, status.online, town, clock_is_wrong(status),
                                 status.backlog});
}

void KioskMachine::send() {
    if (world_.timeline.now() < try_at_) return;
    try_at_ = world_.timeline.now() + try_pause_;
    for (const auto lane : device::kLanes) {
        auto request = engine_->take_request(lane, look());
        if (!request) continue;
        world_.books.sent(id(), *request, visitor_);
        link_.send(*request, [this, run = run_, lane, request = *request](auto answer) {
            if (run == run_ && runs()) received(lane, request, std::move(answer));
        });
    }
}

void KioskMachine::received(device::Lane lane, const HttpRequest& request,
                            Result<HttpResponse, IoError> answer) {
    const auto response = answer.ok() ? std::optional(*answer) : std::nullopt;
    engine_->received(lane, std::move(answer), look());
    if (response) world_.books.answered(id(), request, *response);
    go_on();
}

void KioskMachine::sleep() {
    const Instant now = look();
    Milliseconds until = engine_->wake_at() - now;
    if (const auto flow = kiosk::wake_at(kiosk_)) {
        until = std::min<Milliseconds>(until, *flow - engine_->time(now));
    }
    // A clock that stands still never comes to where the engine would go on.
    const Milliseconds least = try_pause_ > Milliseconds(0) ? kSleepMax / 2 : Milliseconds(1);
    const auto pause = std::clamp<Milliseconds>(until, least, kSleepMax);
    world_.timeline.after(pause, [this, run = run_, sleep = ++sleep_] {
        if (run != run_ || sleep != sleep_ || !runs()) return;
        engine_->tick(look());
        const auto flow = kiosk::wake_at(kiosk_);
        if (flow && *flow <= engine_->time(look())) happen(kiosk::Tick{});
        go_on();
    });
}

void KioskMachine::happen(const kiosk::Event& event) {
    const kiosk::Kiosk before = kiosk_;
    kiosk::Step next = kiosk::step(kiosk_, event, engine_->time(look()));
    kiosk_ = std::move(next.kiosk);
    if (before.screen.index() != kiosk_.screen.index()) {
        world_.books.note(name(), kiosk::name_of(kiosk_.screen));
    }
    const auto* shown = std::get_if<kiosk::ShowingBooking>(&kiosk_.screen);
    if (shown != nullptr && shown->slip_owed) ++counts_.owed;
    if (std::holds_alternative<BookingKept>(event)) ++counts_.booked;
    world_.books.screen(id(), before, kiosk_, visitor_);
    for (const kiosk::Effect& effect : next.effects)
        std::visit([&](const auto& asked) { carry_out(asked); }, effect);
}

void KioskMachine::let_visitor_act() {
    const auto touch = visitor_->act(kiosk_, world_.dice);
    if (touch) happen(*touch);
    if (touch) go_on();
    if (visitor_->gone()) return;
    const Milliseconds thinking(world_.dice.between(400, 4'000));
    world_.timeline.after(thinking, [this, run = run_] {
        if (run == run_ && runs() && occupied()) let_visitor_act();
    });
}

// Paper comes out whoever has died meanwhile; only a program that lives hears of it.
void KioskMachine::print(const kiosk::PrintSlip& order) {
    const bool jams = world_.dice.percent(15);
    const Milliseconds takes(world_.dice.between(2'000, 9'000));
    world_.timeline.after(takes, [this, run = run_, order, jams] {
        if (!jams) {
            world_.books.paper(order.slip);
            ++counts_.printed;
        }
        if (run != run_ || !runs()) return;
        const BookingId booking = order.slip.booking.id;
        happen(jams ? kiosk::Event(kiosk::SlipNotPrinted{order.job, booking})
                    : kiosk::Event(kiosk::SlipPrinted{order.job, booking}));
        go_on();
    });
}

}  // namespace mado::simulation
