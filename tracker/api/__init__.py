"""The road from reports to maps as plain functions over frames: what ``import tracker`` offers."""
