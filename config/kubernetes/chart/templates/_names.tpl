{{- define "muster.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "muster.account" -}}
{{- .Values.serviceAccount.name | default (include "muster.name" .) -}}
{{- end -}}

{{- define "muster.image" -}}
{{- with .Values.image -}}
{{- if and (eq .tag "latest") (not .digest) -}}
{{- fail "image.tag is latest, which says something else every day: name a version, or image.digest" -}}
{{- end -}}
{{- .repository -}}{{- if .digest -}}@{{ .digest }}{{- else -}}:{{ .tag | default $.Chart.AppVersion }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "muster.selector" -}}
app.kubernetes.io/name: muster
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "muster.labels" -}}
{{ include "muster.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* What every pod of Muster runs as. */}}
{{- define "muster.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .Values.user }}
runAsGroup: {{ .Values.user }}
fsGroup: {{ .Values.user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "muster.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Where its pods may run. */}}
{{- define "muster.placing" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* The settings of the service: what the chart itself decides, below what the values say. */}}
{{- define "muster.settings" -}}
{{- $catalog := dict "url" .Values.catalog.url -}}
{{- with .Values.catalog.user }}{{ $_ := set $catalog "user" . }}{{ end -}}
{{- if .Values.catalog.password.secret }}{{ $_ := set $catalog "password" "${env:CATALOG_PASSWORD}" }}{{ end -}}
{{- $own := dict
    "home" "/var/lib/muster"
    "runbooks" "/etc/muster/runbooks"
    "secrets" "/run/secrets/muster"
    "scratch" (dict "folder" "/tmp/scratches")
    "catalog" $catalog
    "serve" (dict "address" "0.0.0.0" "port" 8080)
    "kubernetes" (dict "images" (dict "worker" (include "muster.image" .)) "user" .Values.user) -}}
{{- toYaml (mergeOverwrite $own (deepCopy .Values.settings)) -}}
{{- end -}}
