#pragma once

// A camera by OpenCV: a device ("0", "/dev/video0"), a film, or a folder of pictures in the order
// of their names.

#include "shared/ports/camera.h"

#include <filesystem>
#include <memory>
#include <string>

namespace mado {

// Films and folders play at their own pace (films at their frame rate, pictures at 10 a second) and
// begin again at the end. Unavailable when the source is not there.
Result<std::unique_ptr<Camera>, IoError> open_camera(const std::string& source);

// Where that is: "0" is /dev/video0.
std::filesystem::path path_of_camera(const std::string& source);

}  // namespace mado
