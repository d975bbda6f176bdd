"""What every consumer of an event stream needs, under the name by which this floor knows it."""

from fanar.streams import closing as closing
