// Package prometheusremotewrite: what Prometheus' OTLP receiver asks of otlptranslator before its 1.0, by what 1.0 has.
// docker/servers lays this file beside the receiver's own.
package prometheusremotewrite

import "github.com/prometheus/otlptranslator"

func labelName(attribute string) string {
	namer := otlptranslator.LabelNamer{UnderscoreLabelSanitization: true, PreserveMultipleUnderscores: true}
	label, err := namer.Build(attribute)
	if err != nil {
		return attribute
	}
	return label
}

func metricName(namer otlptranslator.MetricNamer, metric otlptranslator.Metric) string {
	name, err := namer.Build(metric)
	if err != nil {
		panic(err)
	}
	return name
}
