#include "../programs.h"

int main(void) {
    return stf_program();
}
