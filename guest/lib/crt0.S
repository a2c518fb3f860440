# Entry: global pointer, stack at the top of RAM, main, exit. RAM outside the data image starts as zero, so there is no
# bss loop.
    .section .text.start, "ax"
    .globl _start
_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, __stack_top
    call main
    call thimble_exit
