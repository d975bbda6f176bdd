"""The Hijri calendar: conversions, months, occasions, and how many days are left until one."""
