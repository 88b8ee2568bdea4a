# What keeps a part by itself that wants fixed ports and fixed folders.
# shellcheck shell=bash disable=SC2034,SC2154
version=1

make_part() { compile; }
