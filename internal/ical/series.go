package ical

type series struct{}
