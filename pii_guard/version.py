"""The version: one place, read by the build, the command line and the reports."""

VERSION = "0.7.0"
