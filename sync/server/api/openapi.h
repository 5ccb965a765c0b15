#pragma once

// The description of both listeners, as openapi.json beside this file has it. The server hands it
// out itself.

#include <string_view>

namespace mado::server {

// OpenAPI 3.1, as JSON.
std::string_view openapi();

}  // namespace mado::server
