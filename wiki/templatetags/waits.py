"""Formatting of waiting times."""

from django import template

from wiki.screens import statistics

register = template.Library()

register.filter("within", statistics.within)
