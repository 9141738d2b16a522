package app

import (
	"quarterdeck/assets"
	"quarterdeck/internal/workspace"
)

// RoutesFileView is routes.yaml as it stands.
type RoutesFileView struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// RoutesFileInput is another text for it, and the one that it replaces.
type RoutesFileInput struct {
	Text string `json:"text"`
	Was  string `json:"was"`
}

// SlackManifest is what makes the app in Slack: pasted at api.slack.com/apps, From a manifest.
func (a *API) SlackManifest() (text string, err error) {
	defer guard(&err)
	if _, _, err := a.ready(); err != nil {
		return "", err
	}
	return SlackManifest(), nil
}

// SlackManifest is API.SlackManifest.
func SlackManifest() string { return string(assets.SlackManifest) }

// RoutesFile is what stands in routes.yaml. It holds names of secrets only.
func (a *API) RoutesFile() (v RoutesFileView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	v.Path = workspace.RoutesFile
	v.Text, err = workspace.RoutesText(b.Data)
	return v, err
}

// SetRoutesFile changes routes.yaml; the routes are in force when it returns.
func (a *API) SetRoutesFile(in RoutesFileInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	if err := workspace.WriteRoutes(b.Data, in.Text, in.Was); err != nil {
		return err
	}
	b.lookAtRoutes()
	return nil
}
