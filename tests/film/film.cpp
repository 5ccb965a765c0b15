#include "tests/film/film.h"

#include "tests/support/dice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace mado::film {

namespace {

// A camera of some 65 degrees across; only the ratio of this to the distance shows.
constexpr double kFocalPixels = 1000;
// How many moments of a frame's exposure are laid over each other, and how long it is open.
constexpr int kExposures = 3;
constexpr double kShutterSeconds = 0.02;
// A hand brings a sheet in this time, and takes it away in this.
constexpr double kComingSeconds = 0.9;
constexpr double kGoingSeconds = 0.7;
constexpr int kSheetMargin = 30;  // millimetres around the paper where fingers show

double within(tests::Dice& dice, double least, double most) {
    const auto share = static_cast<double>(dice.number() >> 11) / static_cast<double>(1ULL << 53);
    return least + share * (most - least);
}

// A slow rise from 0 to 1.
double eased(double share) {
    const double t = std::clamp(share, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

// What a hand that should be still does: a few swings of different speeds.
class Tremor {
  public:
    Tremor(tests::Dice& dice, double slow, double quick) {
        swings_ = {Swing{slow, within(dice, 0.2, 0.5), within(dice, 0, 1)},
                   Swing{slow * 0.5, within(dice, 0.6, 1.1), within(dice, 0, 1)},
                   Swing{quick, within(dice, 3, 5), within(dice, 0, 1)},
                   Swing{quick * 0.6, within(dice, 6, 9), within(dice, 0, 1)}};
    }

    double at(double seconds) const {
        double sum = 0;
        for (const auto& swing : swings_) {
            sum += swing.width *
                   std::sin(2 * std::numbers::pi * (swing.per_second * seconds + swing.start));
        }
        return sum;
    }

  private:
    struct Swing {
        double width = 0;
        double per_second = 0;
        double start = 0;
    };
    std::array<Swing, 4> swings_;
};

// Where the paper is at one moment: the aimed-at point before the lens, and the paper's tilt.
struct Pose {
    double x = 0;  // millimetres from the lens's axis
    double y = 0;
    double distance = 1;
    double yaw = 0;  // radians
    double pitch = 0;
    double roll = 0;
};

// How one hand holds one sheet, from its coming to its going.
class Holding {
  public:
    Holding(tests::Dice& dice, double seconds, double nearest)
        : seconds_(seconds),
          nearest_(nearest),
          yaw_(within(dice, -0.2, 0.2)),
          pitch_(within(dice, -0.2, 0.2)),
          roll_(within(dice, -0.1, 0.1)),
          side_(within(dice, -70, 70)),
          x_(dice, 4, 0.25),
          y_(dice, 3, 0.25),
          near_(dice, 0.05, 0.003),
          turn_(dice, 0.03, 0.003),
          tilt_(dice, 0.04, 0.003) {}

    Pose at(double seconds) const {
        const double coming = eased(seconds / kComingSeconds);
        const double going = eased((seconds_ - seconds) / kGoingSeconds);
        const double away = 1 - std::min(coming, going);
        // People hold paper far off first and then bring it nearer.
        const double approach = eased((seconds - kComingSeconds) / (seconds_ * 0.4));
        const double zoom = (0.78 + 0.22 * approach) * (1 - std::abs(near_.at(seconds)));
        Pose pose;
        pose.x = x_.at(seconds) + side_ * away;
        pose.y = y_.at(seconds) + 230 * away;
        pose.distance = kFocalPixels / (nearest_ * zoom) * (1 + 0.35 * away);
        pose.yaw = yaw_ + tilt_.at(seconds);
        pose.pitch = pitch_ - tilt_.at(seconds + 7) + 0.5 * away;
        pose.roll = roll_ + turn_.at(seconds) + side_ * away / 250;
        return pose;
    }

  private:
    double seconds_;
    double nearest_;
    double yaw_;
    double pitch_;
    double roll_;
    double side_;
    Tremor x_;
    Tremor y_;
    Tremor near_;
    Tremor turn_;
    Tremor tilt_;
};

cv::Matx33d turned(const Pose& pose) {
    const auto about_x = cv::Matx33d(1, 0, 0, 0, std::cos(pose.pitch), -std::sin(pose.pitch), 0,
                                     std::sin(pose.pitch), std::cos(pose.pitch));
    const auto about_y = cv::Matx33d(std::cos(pose.yaw), 0, std::sin(pose.yaw), 0, 1, 0,
                                     -std::sin(pose.yaw), 0, std::cos(pose.yaw));
    const auto about_z = cv::Matx33d(std::cos(pose.roll), -std::sin(pose.roll), 0,
                                     std::sin(pose.roll), std::cos(pose.roll), 0, 0, 0, 1);
    return about_z * about_y * about_x;
}

// From pixels of the sheet's picture to pixels of the frame, through a pinhole.
cv::Matx33d projection(const Pose& pose, const SheetPoint& aim, double pixels_per_mm) {
    const cv::Matx33d turn = turned(pose);
    const cv::Matx33d to_mm(1 / pixels_per_mm, 0, -kSheetMargin - aim.x, 0, 1 / pixels_per_mm,
                            -kSheetMargin - aim.y, 0, 0, 1);
    const cv::Matx33d into_space(turn(0, 0), turn(0, 1), pose.x, turn(1, 0), turn(1, 1), pose.y,
                                 turn(2, 0), turn(2, 1), pose.distance);
    const cv::Matx33d lens(kFocalPixels, 0, kFrameWidth / 2.0, 0, kFocalPixels, kFrameHeight / 2.0,
                           0, 0, 1);
    return lens * into_space * to_mm;
}

cv::Scalar shade(const cv::Scalar& colour, double share) {
    return {colour[0] * share, colour[1] * share, colour[2] * share, 255};
}

// A thumb that lies on the paper from its edge inwards, in millimetres of the sheet.
void draw_thumb(cv::Mat& canvas, double pixels_per_mm, cv::Point2d tip, cv::Point2d root,
                const cv::Scalar& skin) {
    const auto pixel = [&](cv::Point2d at) {
        return cv::Point(static_cast<int>((at.x + kSheetMargin) * pixels_per_mm),
                         static_cast<int>((at.y + kSheetMargin) * pixels_per_mm));
    };
    const auto thick = [&](double mm) { return static_cast<int>(mm * pixels_per_mm); };
    cv::line(canvas, pixel(root), pixel(tip), shade(skin, 0.62), thick(20), cv::LINE_AA);
    cv::line(canvas, pixel(root), pixel(tip), shade(skin, 0.9), thick(18), cv::LINE_AA);
    cv::line(canvas, pixel(root), pixel(tip), skin, thick(13), cv::LINE_AA);
    const cv::Point2d inwards = (tip - root) / cv::norm(tip - root);
    const cv::Point2d nail = tip + inwards * 3.5;
    const double angle = std::atan2(inwards.y, inwards.x) * 180 / std::numbers::pi;
    cv::ellipse(canvas, pixel(nail), cv::Size(thick(5), thick(4.2)), angle, 0, 360,
                shade(skin, 1.08), -1, cv::LINE_AA);
}

// The paper with the thumbs that hold it at both edges below the stickers.
cv::Mat held_paper(const HeldSheet& sheet, tests::Dice& dice) {
    const Picture& picture = sheet.picture;
    const cv::Mat paper(picture.height, picture.width, CV_8UC4,
                        const_cast<std::uint8_t*>(picture.bgra.data()));
    const int margin = static_cast<int>(kSheetMargin * picture.pixels_per_mm);
    cv::Mat held;
    cv::copyMakeBorder(paper, held, margin, margin, margin, margin, cv::BORDER_CONSTANT,
                       cv::Scalar(0, 0, 0, 0));
    const double tone = within(dice, 0.7, 1.05);
    const cv::Scalar skin(140 * tone, 172 * tone, 218 * tone, 255);
    const double low = sheet.aim.y + within(dice, 34, 46);
    draw_thumb(held, picture.pixels_per_mm, {9, low}, {-24, low + 16}, skin);
    draw_thumb(held, picture.pixels_per_mm, {kSheetWidth - 9, low + 4},
               {kSheetWidth + 24, low + 22}, skin);
    cv::Mat soft;
    cv::GaussianBlur(held, soft, cv::Size(), 1.1);
    // Thumbs are round, print is sharp: only the thumbs' part is softened.
    cv::Mat mask(held.size(), CV_8U, cv::Scalar(0));
    const int from = static_cast<int>((low - 12 + kSheetMargin) * picture.pixels_per_mm);
    for (const auto& side :
         {cv::Rect(0, from, margin + margin / 2, held.rows - from),
          cv::Rect(held.cols - margin - margin / 2, from, margin + margin / 2, held.rows - from)}) {
        mask(side & cv::Rect(0, 0, held.cols, held.rows)) = 255;
    }
    soft.copyTo(held, mask);
    return held;
}

// The room behind: walls, a window, somebody's coat; far out of focus.
cv::Mat room(tests::Dice& dice) {
    cv::Mat made(kFrameHeight, kFrameWidth, CV_8UC3);
    const cv::Scalar wall(within(dice, 120, 165), within(dice, 130, 170), within(dice, 140, 175));
    made = wall;
    for (int i = 0; i < 14; ++i) {
        const cv::Rect shape(dice.between(-100, kFrameWidth), dice.between(-100, 500),
                             dice.between(60, 380), dice.between(60, 420));
        const double tone = within(dice, 40, 210);
        const cv::Scalar colour(tone * within(dice, 0.85, 1.1), tone,
                                tone * within(dice, 0.85, 1.1));
        cv::rectangle(made, shape, colour, -1);
    }
    const int floor = dice.between(520, 640);
    cv::rectangle(made, cv::Rect(0, floor, kFrameWidth, kFrameHeight - floor),
                  cv::Scalar(70, 84, 96), -1);
    cv::GaussianBlur(made, made, cv::Size(), 22);
    return made;
}

// The person behind the sheet, while there is one.
void draw_person(cv::Mat& frame, tests::Dice& dice) {
    const int middle = dice.between(480, 800);
    const double tone = within(dice, 30, 110);
    const cv::Scalar coat(tone * within(dice, 0.8, 1.3), tone, tone * within(dice, 0.7, 1.1));
    const double grey = within(dice, 40, 190);
    const cv::Scalar skin(120, 150, 190);
    cv::Mat drawn = frame.clone();
    cv::ellipse(drawn, {middle, kFrameHeight + 40}, {470, 330}, 0, 180, 360, coat, -1);
    cv::rectangle(drawn, cv::Rect(middle - 55, 300, 110, 140), skin, -1);
    cv::ellipse(drawn, {middle, 205}, {135, 165}, 0, 0, 360, cv::Scalar::all(grey), -1);
    cv::ellipse(drawn, {middle, 240}, {108, 145}, 0, 0, 360, skin, -1);
    cv::GaussianBlur(drawn, frame, cv::Size(), 24);
}

// Light that comes from one side, and the corners that a lens leaves darker.
cv::Mat light_map(tests::Dice& dice, double light) {
    const double angle = within(dice, 0, 2 * std::numbers::pi);
    const double slope = within(dice, 0.15, 0.35);
    cv::Mat map(kFrameHeight, kFrameWidth, CV_32F);
    for (int y = 0; y < kFrameHeight; ++y) {
        for (int x = 0; x < kFrameWidth; ++x) {
            const double u = static_cast<double>(x) / kFrameWidth - 0.5;
            const double v = static_cast<double>(y) / kFrameHeight - 0.5;
            const double side = 1 + slope * (u * std::cos(angle) + v * std::sin(angle)) * 2;
            const double corner = 1 - 0.35 * (u * u + v * v);
            map.at<float>(y, x) = static_cast<float>(light * side * corner);
        }
    }
    return map;
}

// A camera that hunts for its focus when something new comes near: how unsharp it is by then.
double focus_blur(double seconds, double hunts_at) {
    const double settling = 3.2 * std::exp(-std::max(0.0, seconds - 0.5) / 0.35);
    const double hunting = 2.4 * std::exp(-std::pow((seconds - hunts_at) / 0.22, 2));
    return 0.45 + settling + hunting;
}

// Everything that is the same for all frames of one part.
struct Scene {
    cv::Mat behind;
    cv::Mat paper;  // empty where nobody is there
    Holding holding;
    HeldSheet const* sheet = nullptr;
    double hunts_at = 0;
};

// The paper as one moment of the exposure sees it: its colours, and how much of each pixel it
// covers.
void add_moment(const Scene& scene, double seconds, cv::Mat& sum) {
    const Pose pose = scene.holding.at(seconds);
    const cv::Mat matrix(projection(pose, scene.sheet->aim, scene.sheet->picture.pixels_per_mm));
    cv::Mat warped;
    cv::warpPerspective(scene.paper, warped, matrix, cv::Size(kFrameWidth, kFrameHeight),
                        cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0, 0, 0, 0));
    cv::accumulate(warped, sum);
}

// Lays the paper over what is behind it. Where its edge covers half of a pixel, its colour there is
// already half of itself.
cv::Mat laid_over(const cv::Mat& behind, const cv::Mat& sum) {
    cv::Mat mean;
    sum.convertTo(mean, CV_8U, 1.0 / kExposures);
    cv::Mat holes;
    cv::extractChannel(mean, holes, 3);
    cv::bitwise_not(holes, holes);
    cv::cvtColor(holes, holes, cv::COLOR_GRAY2BGR);
    cv::Mat seen;
    cv::multiply(behind, holes, seen, 1.0 / 255);
    cv::cvtColor(mean, mean, cv::COLOR_BGRA2BGR);
    seen += mean;
    return seen;
}

class Camera {
  public:
    Camera(tests::Dice& dice, const Conditions& conditions)
        : conditions_(conditions), dice_(dice), light_(light_map(dice, conditions.light)) {
        cv::cvtColor(light_, light_, cv::COLOR_GRAY2BGR);
        // One field of grain for the whole film, of which each frame takes another part: making
        // it anew would cost more than all the rest.
        grain_.create(2 * kFrameHeight, 2 * kFrameWidth, CV_32FC3);
        cv::RNG(conditions.seed * 7919 + 17).fill(grain_, cv::RNG::NORMAL, 0, 1);
    }

    cv::Mat frame(const Scene& scene, double seconds) {
        if (scene.sheet == nullptr) return developed(scene.behind);
        cv::Mat sum(kFrameHeight, kFrameWidth, CV_32FC4, cv::Scalar::all(0));
        for (int i = 0; i < kExposures; ++i) {
            const double open = conditions_.blur * kShutterSeconds * i / kExposures;
            add_moment(scene, seconds + open, sum);
        }
        cv::Mat seen = laid_over(scene.behind, sum);
        const double sigma = conditions_.blur * focus_blur(seconds, scene.hunts_at);
        if (sigma > 0.05) cv::GaussianBlur(seen, seen, cv::Size(), sigma);
        return developed(seen);
    }

  private:
    // What the sensor makes of the light: dim, uneven, with noise that grows with the light.
    cv::Mat developed(const cv::Mat& seen) {
        cv::Mat lit;
        cv::multiply(seen, light_, lit, 1, CV_32F);
        const double gain = conditions_.noise * (1.3 - 0.6 * conditions_.light);
        const cv::Mat grain = grain_(cv::Rect(dice_.below(kFrameWidth), dice_.below(kFrameHeight),
                                              kFrameWidth, kFrameHeight));
        cv::Mat shot;
        cv::multiply(lit, grain, shot, 0.018 * gain);
        cv::scaleAdd(grain, 2.5 * gain, lit, lit);
        lit += shot;
        cv::Mat frame;
        lit.convertTo(frame, CV_8U);
        return frame;
    }

    Conditions conditions_;
    tests::Dice& dice_;
    cv::Mat light_;
    cv::Mat grain_;
};

}  // namespace

bool write_film(const std::vector<Part>& parts, const Conditions& conditions,
                const std::filesystem::path& file) {
    tests::Dice dice(conditions.seed);
    const cv::Mat empty_room = room(dice);
    Camera camera(dice, conditions);
    cv::VideoWriter writer(file.string(), cv::CAP_FFMPEG,
                           cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), kFramesPerSecond,
                           cv::Size(kFrameWidth, kFrameHeight));
    if (!writer.isOpened()) return false;
    for (const auto& part : parts) {
        Scene scene{empty_room.clone(), {}, Holding(dice, part.seconds, conditions.pixels_per_mm)};
        if (part.sheet) {
            draw_person(scene.behind, dice);
            scene.paper = held_paper(*part.sheet, dice);
            scene.sheet = &*part.sheet;
            scene.hunts_at = within(dice, 1.5, std::max(1.6, part.seconds - 1));
        }
        const int frames = static_cast<int>(std::lround(part.seconds * kFramesPerSecond));
        for (int i = 0; i < frames; ++i) {
            writer.write(camera.frame(scene, static_cast<double>(i) / kFramesPerSecond));
        }
    }
    writer.release();
    std::error_code error;
    return std::filesystem::file_size(file, error) > 0 && !error;
}

}  // namespace mado::film
