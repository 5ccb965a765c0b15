#include "shared/domain/booking.h"
