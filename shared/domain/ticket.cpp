#include "shared/domain/ticket.h"
