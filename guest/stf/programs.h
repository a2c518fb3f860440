/* The two programs. Each returns the exit code. */
#ifndef STF_PROGRAMS_H
#define STF_PROGRAMS_H

int stf_program(void);
int state_test_program(void);

#endif
