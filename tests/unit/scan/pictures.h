#pragma once

// Pictures to look at, drawn by ZXing's own writer and then made worse.

#include "shared/ports/camera.h"
#include "shared/scan/grey.h"
#include "tests/support/dice.h"

#include <string>
#include <vector>

namespace mado::scan::tests {

using mado::tests::Dice;

// Kind 2, dose 1, Minoh, number 0000123456: nobody's.
inline const std::string kTicketLine = "212722050000123456";

// A grey picture that draws onto itself and hands itself out as a frame without colour.
class Picture {
  public:
    Picture(int width, int height, std::uint8_t grey);

    // A QR code with `module` pixels a module and one light module around it, its corner at (x, y).
    Picture& qr(const std::string& text, int x, int y, int module);
    // An NW-7 barcode of bars `narrow` pixels wide, with the quiet zone that the standard asks for.
    Picture& nw7(const std::string& text, int x, int y, int narrow, int height);
    Picture& rectangle(int x, int y, int width, int height, std::uint8_t grey);

    Picture& turned(double degrees);
    // Box blur over (2 · radius + 1)² pixels.
    Picture& blurred(int radius);
    Picture& noisy(Dice& dice, int amplitude);
    Picture& inverted();
    // Every grey level moved towards black.
    Picture& darkened(double factor);

    Frame frame() const;

  private:
    int width_;
    int height_;
    std::vector<std::uint8_t> pixels_;
};

// A desk with nothing on it, as a camera in a community centre sees it: shapes and soft light.
Picture an_empty_desk();
// The same with a sheet of four stickers side by side, each with its own QR code.
Picture a_desk_with_a_ticket(int module);

}  // namespace mado::scan::tests
