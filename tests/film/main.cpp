// madoguchi-film: draws vaccination tickets as they are printed, and films them.

#include "shared/base/text.h"
#include "tests/film/film.h"
#include "tests/film/scene.h"
#include "tests/film/sheet.h"

#include <cstdio>
#include <fstream>
#include <iterator>

#include <CLI/CLI.hpp>
#include <malloc.h>

namespace {

using namespace mado::film;

constexpr int kFailed = 1;
constexpr int kMisused = 2;

struct PaperOptions {
    TicketPaper ticket;
    LetterPaper letter;
    LeafletPaper leaflet;
    std::string out;
    int dpi = 300;
    int width = 1000;
};

struct FilmOptions {
    std::vector<std::string> parts;
    std::string scene;
    std::string out;
    Conditions conditions;
};

const CLI::Validator kSixDigits(
    [](const std::string& text) {
        return text.size() == 6 && mado::is_digits(text) ? "" : "not six digits";
    },
    "6 DIGITS");
const CLI::Validator kTenDigits(
    [](const std::string& text) {
        return text.size() == 10 && mado::is_digits(text) ? "" : "not ten digits";
    },
    "10 DIGITS");

void add_paper(CLI::App& command, PaperOptions& options) {
    command.add_option("--out", options.out, "the PNG to write")->required();
    command.add_option("--dpi", options.dpi, "dots per inch")
        ->check(CLI::Range(72, 600))
        ->capture_default_str();
}

CLI::App* add_ticket(CLI::App& app, PaperOptions& options) {
    auto* command = app.add_subcommand("ticket", "draw a sheet of vaccination tickets");
    TicketPaper& paper = options.ticket;
    command->add_option("--municipality", paper.municipality, "its code")
        ->required()
        ->check(kSixDigits);
    command->add_option("--number", paper.number, "the ticket number")
        ->required()
        ->check(kTenDigits);
    command->add_option("--town", paper.town, "the municipality's name")->capture_default_str();
    command->add_option("--person", paper.person, "a made-up name")->capture_default_str();
    command->add_flag("!--no-qr", paper.has_qr, "stickers with a barcode alone");
    command->add_flag("!--no-barcode", paper.has_barcode, "stickers with a QR code alone");
    command->add_option("--barcode-digits", paper.barcode_digits, "10, or all 18")
        ->check(CLI::IsMember({10, 18}))
        ->capture_default_str();
    command->add_flag("--sample", paper.is_sample, "mark it 見本");
    add_paper(*command, options);
    return command;
}

CLI::App* add_film(CLI::App& app, FilmOptions& options) {
    auto* command = app.add_subcommand("film", "film sheets held to a camera");
    auto* parts = command->add_option("--part", options.parts,
                                      "a part of the film, as a line of a scene; repeat it");
    command->add_option("--scene", options.scene, "a file of parts, a line each")
        ->check(CLI::ExistingFile)
        ->excludes(parts);
    command->add_option("--out", options.out, "the AVI to write")->required();
    Conditions& conditions = options.conditions;
    command->add_option("--seed", conditions.seed, "another seed, another film")
        ->capture_default_str();
    command->add_option("--light", conditions.light, "1 bright, 0.3 dim")
        ->check(CLI::Range(0.05, 1.2))
        ->capture_default_str();
    command->add_option("--noise", conditions.noise, "of the sensor; 0 none")
        ->check(CLI::Range(0.0, 5.0))
        ->capture_default_str();
    command->add_option("--blur", conditions.blur, "of motion and focus; 0 none")
        ->check(CLI::Range(0.0, 5.0))
        ->capture_default_str();
    command->add_option("--pixels-per-mm", conditions.pixels_per_mm, "at the nearest")
        ->check(CLI::Range(1.0, 30.0))
        ->capture_default_str();
    command->footer(scene_help());
    return command;
}

int written(bool ok, const std::string& file) {
    if (ok) return 0;
    std::fprintf(stderr, "madoguchi-film: cannot write %s\n", file.c_str());
    return kFailed;
}

int run_film(const FilmOptions& options) {
    std::string scene;
    if (options.scene.empty()) {
        for (const auto& part : options.parts)
            scene += part + "\n";
    } else {
        std::ifstream file(options.scene, std::ios::binary);
        scene.assign(std::istreambuf_iterator<char>(file), {});
    }
    const auto parts = parse_scene(scene);
    if (!parts) {
        std::fprintf(stderr, "madoguchi-film: part %d: %s\n", parts.error().line,
                     parts.error().reason.c_str());
        return kMisused;
    }
    return written(write_film(*parts, options.conditions, options.out), options.out);
}

int run(int argc, char** argv) {
    CLI::App app("Draws vaccination tickets as they are printed, and films them.");
    app.set_version_flag("--version", "madoguchi-film " MADO_VERSION);
    app.require_subcommand(1);
    PaperOptions options;
    FilmOptions film_options;
    const auto* ticket = add_ticket(app, options);
    auto* letter = app.add_subcommand("letter", "draw a letter whose QR code opens the chat");
    letter->add_option("--address", options.letter.address, "what the QR code says")->required();
    letter->add_option("--town", options.letter.town)->capture_default_str();
    add_paper(*letter, options);
    auto* leaflet = app.add_subcommand("leaflet", "draw a leaflet whose QR code is no ticket");
    leaflet->add_option("--address", options.leaflet.address, "what the QR code says")
        ->capture_default_str();
    add_paper(*leaflet, options);
    auto* right = app.add_subcommand("right-sheet", "draw what a kiosk shows as the right sheet");
    right->add_option("--out", options.out, "the PNG to write")->required();
    right->add_option("--width", options.width, "in pixels")
        ->check(CLI::Range(200, 4000))
        ->capture_default_str();
    const auto* film = add_film(app, film_options);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kMisused;
    }
    if (const auto package = missing_typeface(); !package.empty()) {
        std::fprintf(stderr, "madoguchi-film: a typeface is missing: install %s\n",
                     package.c_str());
        return kFailed;
    }
    if (film->parsed()) return run_film(film_options);
    if (right->parsed()) {
        return written(write_png(draw_right_sheet(options.width), options.out), options.out);
    }
    const Picture picture = ticket->parsed()   ? draw(options.ticket, options.dpi)
                            : letter->parsed() ? draw(options.letter, options.dpi)
                                               : draw(options.leaflet, options.dpi);
    return written(write_png(picture, options.out), options.out);
}

}  // namespace

int main(int argc, char** argv) {
    // A frame takes and gives back a hundred megabytes; keeping them saves a third of the time.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "madoguchi-film: %s\n", error.what());
        return kFailed;
    }
}
