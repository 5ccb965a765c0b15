#include "kiosk/shell/front.h"

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/shell/log.h"
#include "kiosk/shell/slip_words.h"

#include <algorithm>
#include <utility>

namespace mado::kiosk {
namespace {

// Nothing is drawn when this wait ends: the watchdog sees that the loop goes round, and a clock
// that has jumped is noticed.
constexpr std::chrono::milliseconds kRestMax{1'000};

// Of a clock of ours against the server's: "86400 s behind", "12 s ahead of".
std::string seconds_off(Milliseconds server_minus_ours) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(server_minus_ours).count();
    return seconds > 0 ? std::to_string(seconds) + " s behind"
                       : std::to_string(-seconds) + " s ahead of";
}

}  // namespace

Front::Front(Desks desks, Words words, const ShellSettings& settings)
    : desks_(std::move(desks)),
      catalogues_(std::move(words)),
      settings_(settings),
      words_(catalogues_),
      town_words_(desks_.device.words()) {
    kiosk_.settings = settings.flow(town_words_.settings);
    kiosk_.visit.language = kiosk_.settings.language;
    word_anew();
}

void Front::begin() {
    take_events();
    draw();
}

void Front::run(const std::function<bool()>& stopped) {
    while (!desks_.window.closed() && !stopped() && !status_.wipe_due) {
        take_events();
        if (changed_) draw();
        frame_heart_.beat();
        // Touches are asked for after each frame: pictures that come faster than they are drawn
        // would keep them waiting.
        const auto rest = changed_ ? std::chrono::milliseconds(0) : until_next_tick();
        if (desks_.window.wait(rest)) changed_ = true;
        input_heart_.beat();
    }
}

void Front::settle() {
    take_events();
}

void Front::take_events() {
    take_service();
    take_words();
    for (const Event& event : desks_.outbox.take()) {
        note_speech(event);
        happen(event);
    }
    for (const DeskAnswer& answer : desks_.device.take_answers()) {
        std::visit([&](const auto& said) { happen(said); }, answer);
    }
    take_picture();
    const auto wake = wake_at(kiosk_);
    if (wake && *wake <= desks_.device.now()) happen(Tick{});
}

void Front::take_service() {
    const device::Status status = desks_.device.status();
    const auto town = desks_.device.town();
    if (status == status_ && town == town_) return;
    if (status.online != status_.online) log_line(status.online ? "online" : "offline");
    if (status.fenced && !status_.fenced)
        log_line("the server has shut this device out: it must be enrolled again");
    if (status.slowed != status_.slowed) {
        log_line(status.slowed ? "too many log-ins have missed: all are answered later"
                               : "log-ins are answered at once again");
    }
    if (status.trouble != status_.trouble && !status.trouble.empty()) log_line(status.trouble);
    const bool wrong = clock_is_wrong(status);
    if (wrong != clock_is_wrong(status_)) {
        log_line(wrong ? "the clock is " + seconds_off(*status.clock_offset) + " the server's"
                       : "the clock is right again");
    }
    if (town && town != town_) {
        desks_.camera.learn(
            {words_.municipalities, town->municipality, town->service_area, town->address_prefix});
    }
    if (status != status_) desks_.tell_status(status, spoken_);
    status_ = status;
    town_ = town;
    happen(ServiceChanged{status.ready, status.online, town, wrong, status.backlog});
}

// Whoever stands there reads to the end what they began with.
void Front::take_words() {
    auto words = desks_.device.words();
    if (words.settings != town_words_.settings) {
        log_line("the town has set something anew");
        happen(SettingsTold{settings_.flow(words.settings)});
    }
    town_words_ = std::move(words);
    if (town_words_.texts != worded_ && is_at_rest(kiosk_)) word_anew();
}

void Front::word_anew() {
    worded_ = town_words_.texts;
    for (const Language language : kLanguages) {
        std::map<std::string, std::string, std::less<>> texts;
        std::map<std::string, std::string, std::less<>> readings;
        for (const auto& [name, text] : worded_) {
            if (name.language != code_of(language)) continue;
            texts.emplace(name.key, text.text);
            readings.emplace(name.key, text.reading.empty() ? text.text : text.reading);
        }
        words_.texts.at(language) = catalogues_.texts.at(language).worded(std::move(texts));
        words_.readings.at(language) =
            catalogues_.readings.at(language).worded(std::move(readings));
        desks_.window.prepare(code_of(language),
                              {script_of(language), words_.texts.at(language).alphabet()});
    }
    changed_ = true;
}

void Front::note_speech(const Event& event) {
    const auto* const ended = std::get_if<SpeechEnded>(&event);
    const bool failed = std::holds_alternative<SpeechFailed>(event);
    // What was cut short by the next one may never have come to a sound.
    const bool came_out = ended != nullptr && kiosk_.speech == ended->speech;
    if (!came_out && !failed) return;
    if (std::exchange(spoken_, came_out) != came_out) desks_.tell_status(status_, spoken_);
}

void Front::take_picture() {
    auto frame = desks_.camera.take_picture();
    if (!frame) return;
    picture_.show(*frame);
    changed_ = true;
}

void Front::happen(const Event& event) {
    Step next = step(kiosk_, event, desks_.device.now());
    const bool left = !kiosk_.visit.focus.empty() && next.kiosk.visit.focus.empty();
    if (left) desks_.window.hide_focus();
    if (!(next.kiosk == kiosk_)) changed_ = true;
    kiosk_ = std::move(next.kiosk);
    for (const Effect& effect : next.effects) {
        std::visit([&](const auto& asked) { carry_out(asked); }, effect);
    }
}

void Front::draw() {
    changed_ = false;
    const ui::Shown what = shown(kiosk_);
    const bool same_screen = std::exchange(drawn_screen_, what.screen) == what.screen;
    std::optional<Event> touch;
    const ui::Picture* live = picture_.empty() ? nullptr : &picture_;
    desks_.window.draw(what, [&] { touch = paint(View{texts(), kiosk_, live}); });
    if (!touch && desks_.window.dark_touched()) touch = DarkTouched{};
    if (!touch && desks_.window.stirred()) touch = Stirred{};
    const bool stirred = touch && std::holds_alternative<Stirred>(*touch);
    note_focus(same_screen && stirred);
    if (touch) happen(*touch);
}

void Front::note_focus(bool by_key) {
    std::vector<std::string> targets;
    for (const ui::Target& target : desks_.window.drawn().focused)
        targets.push_back(target.id);
    if (targets != kiosk_.visit.focus) happen(FocusMoved{std::move(targets), by_key});
}

std::chrono::milliseconds Front::until_next_tick() {
    const auto wake = wake_at(kiosk_);
    if (!wake) return kRestMax;
    const auto left = *wake - desks_.device.now();
    return std::clamp<std::chrono::milliseconds>(left, std::chrono::milliseconds(0), kRestMax);
}

const Texts& Front::texts() const {
    return words_.texts.at(kiosk_.visit.language);
}

void Front::carry_out(const OpenCamera& order) {
    desks_.camera.open(order);
}

void Front::carry_out(const CloseCamera&) {
    desks_.camera.close();
    picture_.forget();
}

void Front::carry_out(const ForgetCapture&) {
    desks_.camera.forget();
    picture_.forget();
}

void Front::carry_out(const PrintSlip& order) {
    desks_.printer.print(order,
                         slip_words(order.slip, order.language, words_.texts.at(order.language)));
}

void Front::carry_out(const PrintMemo& order) {
    desks_.printer.print(order,
                         memo_words(order.memo, order.language, words_.texts.at(order.language)));
}

void Front::carry_out(const PrintApplication& order) {
    desks_.printer.print(
        order, application_words(order.receipt, order.language, words_.texts.at(order.language)));
}

void Front::carry_out(const Speak& order) {
    const Hearing& hearing = kiosk_.visit.hearing;
    std::vector<Utterance> utterances;
    for (Sentence& sentence : speech_of(kiosk_, order.what, words_.readings)) {
        utterances.push_back({std::move(sentence.language), std::move(sentence.recording),
                              std::move(sentence.reading), hearing.pace, hearing.volume});
    }
    desks_.voice.speak(order.speech, std::move(utterances));
}

}  // namespace mado::kiosk
