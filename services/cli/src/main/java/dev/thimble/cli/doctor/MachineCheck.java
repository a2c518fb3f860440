package dev.thimble.cli.doctor;

/**
 * One thing that the machine must have.
 *
 * @param name short name
 * @param ok whether it is there
 * @param found what was found
 * @param needed what is needed
 * @param fix the command (or deed) that provides it; empty when there
 */
record MachineCheck(String name, boolean ok, String found, String needed, String fix) {}
