// ALSA's headers ask for this where a plugin is a library of its own.
#ifndef PIC
#define PIC
#endif

#include "tests/support/sound_card.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <utility>

#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <alsa/pcm_external.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace mado::tests::sound_card {

namespace {

constexpr const char* kJack = "Headphone Jack";
constexpr unsigned kStepsASecond = 200;

struct Card {
    bool plugged = false;
    bool away = false;
    bool dry = false;
    std::vector<std::int16_t> written;  // of the last sound, of one channel
    std::size_t played = 0;             // of those
    std::size_t happens_at = 0;
    std::function<void()> happens;
};

Card& card() {
    static Card only;
    return only;
}

// ── the device ──

struct Device {
    snd_pcm_ioplug_t io{};
    bool running = false;
    int always_ready = -1;  // a descriptor that poll never waits for
};

Device& device_of(snd_pcm_ioplug_t* io) {
    return *static_cast<Device*>(io->private_data);
}

void play_a_step(const Device& device) {
    Card& it = card();
    if (!device.running) return;
    it.played = std::min(it.played + device.io.rate / kStepsASecond, it.written.size());
    if (it.happens && it.played >= it.happens_at) std::exchange(it.happens, nullptr)();
}

int start(snd_pcm_ioplug_t* io) {
    device_of(io).running = true;
    return 0;
}

int stop(snd_pcm_ioplug_t* io) {
    device_of(io).running = false;
    return 0;
}

int prepare(snd_pcm_ioplug_t* io) {
    device_of(io).running = false;
    // What was written after a device ran dry is a part of the same sound.
    card().written.resize(card().played);
    card().dry = false;
    return card().away ? -ENODEV : 0;
}

// `played` goes on over a device that was prepared anew, where ALSA counts from nothing.
snd_pcm_sframes_t pointer(snd_pcm_ioplug_t* io) {
    if (card().away) return -ENODEV;
    if (card().dry) return -EPIPE;
    const std::size_t begun_at = card().written.size() - io->appl_ptr;
    return static_cast<snd_pcm_sframes_t>((card().played - begun_at) % io->buffer_size);
}

snd_pcm_sframes_t transfer(snd_pcm_ioplug_t* io, const snd_pcm_channel_area_t* areas,
                           snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    if (card().away) return -ENODEV;
    const auto* const samples = static_cast<const std::int16_t*>(areas->addr) + offset;
    card().written.insert(card().written.end(), samples, samples + size);
    static_cast<void>(io);
    return static_cast<snd_pcm_sframes_t>(size);
}

int poll_revents(snd_pcm_ioplug_t* io, pollfd*, unsigned, unsigned short* revents) {
    play_a_step(device_of(io));
    const auto waiting = card().written.size() - card().played;
    const bool room = io->buffer_size - waiting >= io->period_size;
    *revents = room || card().away || card().dry ? POLLOUT : 0;
    return 0;
}

int close_device(snd_pcm_ioplug_t* io) {
    const std::unique_ptr<Device> device(&device_of(io));
    ::close(device->always_ready);
    return 0;
}

const snd_pcm_ioplug_callback_t device_calls = [] {
    snd_pcm_ioplug_callback_t calls{};
    calls.start = start;
    calls.stop = stop;
    calls.prepare = prepare;
    calls.pointer = pointer;
    calls.transfer = transfer;
    calls.poll_revents = poll_revents;
    calls.close = close_device;
    return calls;
}();

int open_device(snd_pcm_t** pcm, const char* name, snd_pcm_stream_t stream, int mode) {
    if (card().away) return -ENODEV;
    auto device = std::make_unique<Device>();
    device->always_ready = ::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
    snd_pcm_ioplug_t& io = device->io;
    io.version = SND_PCM_IOPLUG_VERSION;
    io.name = "a sound card in software";
    io.poll_fd = device->always_ready;
    io.poll_events = POLLIN;
    io.callback = &device_calls;
    io.private_data = device.get();
    if (const int code = snd_pcm_ioplug_create(&io, name, stream, mode); code < 0) return code;
    constexpr std::array kAccess = {unsigned{SND_PCM_ACCESS_RW_INTERLEAVED}};
    constexpr std::array kFormat = {unsigned{SND_PCM_FORMAT_S16}};
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_ACCESS, 1, kAccess.data());
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_FORMAT, 1, kFormat.data());
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 1);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_RATE, 8'000, 48'000);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 64, 1u << 16);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 128, 1u << 20);
    card().written.clear();
    card().played = 0;
    *pcm = io.pcm;
    static_cast<void>(device.release());  // close_device() has it now
    return 0;
}

// ── the jack ──

constexpr snd_ctl_ext_key_t kJackKey = 0;

int elem_count(snd_ctl_ext_t*) {
    return 1;
}

int elem_list(snd_ctl_ext_t*, unsigned, snd_ctl_elem_id_t* id) {
    snd_ctl_elem_id_set_interface(id, SND_CTL_ELEM_IFACE_CARD);
    snd_ctl_elem_id_set_name(id, kJack);
    return 0;
}

snd_ctl_ext_key_t find_elem(snd_ctl_ext_t*, const snd_ctl_elem_id_t* id) {
    const bool found = snd_ctl_elem_id_get_interface(id) == SND_CTL_ELEM_IFACE_CARD &&
                       std::strcmp(snd_ctl_elem_id_get_name(id), kJack) == 0;
    return found ? kJackKey : SND_CTL_EXT_KEY_NOT_FOUND;
}

int get_attribute(snd_ctl_ext_t*, snd_ctl_ext_key_t, int* type, unsigned* access, unsigned* count) {
    *type = SND_CTL_ELEM_TYPE_BOOLEAN;
    *access = SND_CTL_EXT_ACCESS_READ;
    *count = 1;
    return 0;
}

int read_integer(snd_ctl_ext_t*, snd_ctl_ext_key_t, long* value) {
    if (card().away) return -ENODEV;
    *value = card().plugged ? 1 : 0;
    return 0;
}

int read_event(snd_ctl_ext_t*, snd_ctl_elem_id_t*, unsigned*) {
    return -EAGAIN;
}

void close_jack(snd_ctl_ext_t* ctl) {
    const std::unique_ptr<snd_ctl_ext_t> owned(ctl);
}

const snd_ctl_ext_callback_t jack_calls = [] {
    snd_ctl_ext_callback_t calls{};
    calls.close = close_jack;
    calls.elem_count = elem_count;
    calls.elem_list = elem_list;
    calls.find_elem = find_elem;
    calls.get_attribute = get_attribute;
    calls.read_integer = read_integer;
    calls.read_event = read_event;
    return calls;
}();

int open_jack(snd_ctl_t** handle, const char* name, int mode) {
    if (card().away) return -ENODEV;
    auto ctl = std::make_unique<snd_ctl_ext_t>();
    ctl->version = SND_CTL_EXT_VERSION;
    std::strcpy(ctl->id, "mado");
    std::strcpy(ctl->name, "mado");
    ctl->poll_fd = -1;
    ctl->callback = &jack_calls;
    if (const int code = snd_ctl_ext_create(ctl.get(), name, mode); code < 0) return code;
    *handle = ctl->handle;
    static_cast<void>(ctl.release());  // close_jack() has it now
    return 0;  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): ALSA calls that
}

}  // namespace

std::string configuration(const std::string& library) {
    return "pcm_type.mado { lib \"" + library + "\" }\nctl_type.mado { lib \"" + library +
           "\" }\npcm.mado { type mado }\nctl.mado { type mado }\n";
}

void reset() {
    card() = Card{};
}

void plug_in() {
    card().plugged = true;
}

void pull_out() {
    card().plugged = false;
}

void take_away() {
    card().away = true;
}

void run_dry() {
    card().played = card().written.size();
    card().dry = true;
}

void when_heard(std::size_t samples, std::function<void()> happens) {
    card().happens_at = samples;
    card().happens = std::move(happens);
}

std::vector<std::int16_t> heard() {
    const auto& written = card().written;
    return {written.begin(), written.begin() + static_cast<std::ptrdiff_t>(card().played)};
}

}  // namespace mado::tests::sound_card

// What ALSA looks for in the library, by these names.
extern "C" {

// NOLINTBEGIN(readability-identifier-naming)
SND_PCM_PLUGIN_DEFINE_FUNC(mado) {
    static_cast<void>(root);
    static_cast<void>(conf);
    return mado::tests::sound_card::open_device(pcmp, name, stream, mode);
}
SND_PCM_PLUGIN_SYMBOL(mado)

SND_CTL_PLUGIN_DEFINE_FUNC(mado) {
    static_cast<void>(root);
    static_cast<void>(conf);
    return mado::tests::sound_card::open_jack(handlep, name, mode);
}
SND_CTL_PLUGIN_SYMBOL(mado)
// NOLINTEND(readability-identifier-naming)

}  // extern "C"
