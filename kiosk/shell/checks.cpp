#include "kiosk/shell/checks.h"

#include "sync/device/engine.h"
#include "sync/protocol/messages.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

namespace mado::kiosk {
namespace {

using Kind = IoError::Kind;

// A town's snapshot and roster come in while the ones before are still there.
constexpr std::uintmax_t kFreeBytesMin = 200u << 20;
// A person waits for her booking to be on the disk. Good flash takes some milliseconds.
constexpr std::chrono::milliseconds kDurableWriteMax{1'000};
constexpr std::size_t kWrittenBytes = 8u << 10;

constexpr std::chrono::milliseconds kServerPatience{5'000};
constexpr std::size_t kAnswerBytesMax = 64u << 10;

// The first pictures of a camera are dark until it has found its exposure; the last one counts.
constexpr int kPicturesWanted = 12;
constexpr int kLooksMax = 16;
// Of 255. A capped lens gives the noise above black, the sun in the lens nothing but white.
constexpr int kDarkBelow = 16;
constexpr int kWhiteAbove = 250;

Finding failed(CheckedPart part, TextKey what, TextKey way_out) {
    return {part, CheckState::Failed, what, {}, way_out};
}

std::string with_unit(std::uintmax_t bytes) {
    const double megabytes = static_cast<double>(bytes) / (1u << 20);
    if (megabytes < 1024) return fmt::format("{:.0f} MB", megabytes);
    return fmt::format("{:.1f} GB", megabytes / 1024);
}

int mean_of(const std::vector<std::uint8_t>& grey) {
    if (grey.empty()) return 0;
    const auto sum = std::accumulate(grey.begin(), grey.end(), std::uint64_t{0});
    return static_cast<int>(sum / grey.size());
}

Finding refused_by_server(const HttpResponse& answer) {
    Finding finding = failed(CheckedPart::Network, "check.server_broken"_t, "check.server_way"_t);
    finding.detail = std::to_string(answer.status);
    const auto refusal = sync::parse_refusal(answer.body);
    if (refusal.ok()) finding.detail += " " + refusal->error;
    if (answer.status == 403 && refusal.ok()) {
        finding.what = "check.shut_out"_t;
        finding.way_out = "check.shut_out_way"_t;
    }
    return finding;
}

// RFC 8011's words for what stops a printer, and what a caretaker does about it.
TextKey printer_way_out(const IoError& error) {
    struct Way {
        std::string_view reason;
        TextKey way_out;
    };
    constexpr std::array kWays = {Way{"media-jam", "check.printer_jam_way"_t},
                                  Way{"media-empty", "check.printer_paper_way"_t},
                                  Way{"media-needed", "check.printer_paper_way"_t},
                                  Way{"input-tray-missing", "check.printer_paper_way"_t},
                                  Way{"cover-open", "check.printer_cover_way"_t},
                                  Way{"door-open", "check.printer_cover_way"_t},
                                  Way{"interlock-open", "check.printer_cover_way"_t}};
    const auto* way = std::ranges::find_if(
        kWays, [&](const Way& one) { return error.what.find(one.reason) != std::string::npos; });
    if (way != kWays.end()) return way->way_out;
    return error.kind == Kind::Refused ? "check.printer_pdf_way"_t : "check.printer_off_way"_t;
}

}  // namespace

Result<DiskReading, IoError> read_disk(const std::filesystem::path& folder, Clock& clock) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error) return fail(IoError{Kind::Refused, folder.string() + ": " + error.message()});
    const auto file = folder / "check.tmp";
    const auto before = clock.steady();
    const auto written = write_file(file, std::string(kWrittenBytes, '\0'), Visibility::OwnerOnly);
    const auto took = clock.steady() - before;
    std::filesystem::remove(file, error);
    if (!written.ok()) return fail(written.error());
    return DiskReading{space.available, std::chrono::ceil<std::chrono::milliseconds>(took)};
}

Finding disk_finding(const Result<DiskReading, IoError>& reading) {
    constexpr auto kDisk = CheckedPart::Disk;
    if (!reading.ok()) {
        const bool full = reading.error().kind == Kind::Full;
        Finding finding = failed(kDisk, "check.disk_not_written"_t,
                                 full ? "check.disk_full_way"_t : "check.disk_write_way"_t);
        finding.detail = reading.error().what;
        return finding;
    }
    Finding finding{kDisk,
                    CheckState::Ok,
                    "check.disk_ok"_t,
                    {{"free", with_unit(reading->free_bytes)},
                     {"ms", std::to_string(reading->durable_write.count())}}};
    if (reading->free_bytes < kFreeBytesMin) {
        finding.state = CheckState::Failed;
        finding.way_out = "check.disk_full_way"_t;
    } else if (reading->durable_write > kDurableWriteMax) {
        finding.state = CheckState::Failed;
        finding.way_out = "check.disk_slow_way"_t;
    }
    return finding;
}

// A request for no lease at all: the server answers it to devices that are in, with its time.
ServerContact ask_server(Network& network, const std::string& address, Clock& clock) {
    constexpr auto kNetwork = CheckedPart::Network;
    const auto before = clock.steady();
    const auto answer = network.exchange({"POST", "/v1/leases", sync::to_json(sync::LeaseRequest{}),
                                          kServerPatience, kAnswerBytesMax});
    const auto took = std::chrono::ceil<std::chrono::milliseconds>(clock.steady() - before);
    const Instant now = clock.now();
    const std::vector<Argument> where = {{"address", address}};
    if (!answer.ok()) {
        return {{kNetwork, CheckState::Failed, "check.no_answer"_t, where, "check.no_answer_way"_t,
                 answer.error().what},
                {}};
    }
    if (answer->status != 200) return {refused_by_server(*answer), {}};
    const auto word = sync::parse_lease_answer(answer->body);
    if (!word.ok()) {
        Finding finding = failed(kNetwork, "check.server_broken"_t, "check.server_way"_t);
        finding.detail = word.error().what;
        return {finding, {}};
    }
    return {{kNetwork,
             CheckState::Ok,
             "check.network_ok"_t,
             {{"address", address}, {"ms", std::to_string(took.count())}}},
            word->now - now};
}

Finding clock_finding(const std::optional<Milliseconds>& offset) {
    if (!offset) return {CheckedPart::Clock, CheckState::LeftOut, "check.clock_unknown"_t};
    const auto away = std::chrono::round<std::chrono::seconds>(std::chrono::abs(*offset)).count();
    const std::vector<Argument> seconds = {{"seconds", std::to_string(away)}};
    if (!device::clock_is_wrong(*offset)) {
        return {CheckedPart::Clock, CheckState::Ok, "check.clock_ok"_t, seconds};
    }
    const bool ours_is_late = *offset > Milliseconds(0);
    return {CheckedPart::Clock, CheckState::Failed,
            ours_is_late ? "check.clock_late"_t : "check.clock_early"_t, seconds,
            "check.clock_way"_t};
}

Finding check_camera(Camera& camera) {
    constexpr auto kCamera = CheckedPart::Camera;
    std::optional<Frame> first;
    Frame last;
    IoError trouble{Kind::Unavailable, ""};
    bool moves = false;
    int pictures = 0;
    for (int look = 0; look < kLooksMax && pictures < kPicturesWanted; ++look) {
        auto frame = camera.next();
        if (!frame.ok()) {
            trouble = frame.error();
            continue;
        }
        ++pictures;
        last = *std::move(frame);
        if (!first) first = last;
        moves = moves || last.grey != first->grey;
    }
    if (!first) {
        Finding finding = failed(kCamera, "check.camera_no_picture"_t, "check.camera_cable_way"_t);
        finding.detail = trouble.what;
        return finding;
    }
    const int light = mean_of(last.grey);
    Finding finding{kCamera,
                    CheckState::Failed,
                    {},
                    {{"width", std::to_string(last.width)},
                     {"height", std::to_string(last.height)},
                     {"light", std::to_string(light * 100 / 255)}}};
    if (light < kDarkBelow) {
        finding.what = "check.camera_dark"_t;
        finding.way_out = "check.camera_dark_way"_t;
    } else if (light > kWhiteAbove) {
        finding.what = "check.camera_white"_t;
        finding.way_out = "check.camera_white_way"_t;
    } else if (!moves) {
        finding.what = "check.camera_still"_t;
        finding.way_out = "check.camera_cable_way"_t;
    } else {
        finding.state = CheckState::Ok;
        finding.what = "check.camera_ok"_t;
    }
    return finding;
}

Finding check_sound(Speaker& speaker, const Utterance& utterance) {
    constexpr auto kSound = CheckedPart::Sound;
    const auto spoken = speaker.speak(utterance, {});
    if (spoken.ok()) return {kSound, CheckState::Ok, "check.sound_ok"_t};
    if (spoken.error().kind == Kind::Unavailable) {
        return {kSound, CheckState::NotThere, "check.sound_missing"_t,
                {},     "check.sound_way"_t,  spoken.error().what};
    }
    Finding finding = failed(kSound, "check.sound_failed"_t, "check.ask_maintenance_way"_t);
    finding.detail = spoken.error().what;
    return finding;
}

Finding check_printer(Printer& printer, const Document& page) {
    const auto printed = printer.print(page);
    if (printed.ok()) return {CheckedPart::Printer, CheckState::Ok, "check.printer_ok"_t};
    Finding finding =
        failed(CheckedPart::Printer, "check.printer_failed"_t, printer_way_out(printed.error()));
    finding.detail = printed.error().what;
    return finding;
}

}  // namespace mado::kiosk
