#include "../programs.h"

int main(void) {
    return state_test_program();
}
