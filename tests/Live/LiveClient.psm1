# Requests to a site below the module, and what to take of an answer: no secret, and nobody's data.

Set-StrictMode -Version 1

function Send-LiveRequest {
    <#
    .SYNOPSIS
        Makes one request and gives back what came, with no secret in it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [psobject] $Site,

        [Parameter(Mandatory)]
        [string] $Method,

        [Parameter(Mandatory)]
        [string] $Path,

        [string] $Body,

        [string] $Authorization = $Site.Secret,

        [hashtable] $Header = @{}
    )

    $request = [System.Net.Http.HttpRequestMessage]::new(
        [System.Net.Http.HttpMethod]::new($Method), [uri]::new($Site.BaseUri, $Path))
    if ($Authorization) {
        $null = $request.Headers.TryAddWithoutValidation('Authorization', $Authorization)
    }

    if ($Site.SiteId) {
        $null = $request.Headers.TryAddWithoutValidation('wix-site-id', $Site.SiteId)
    }

    foreach ($name in $Header.Keys) {
        $null = $request.Headers.TryAddWithoutValidation($name, $Header[$name])
    }

    if ($Body) {
        $request.Content = [System.Net.Http.StringContent]::new($Body, [System.Text.Encoding]::UTF8, 'application/json')
    }

    $response = $Site.Client.SendAsync($request).GetAwaiter().GetResult()
    try {
        # A server may repeat what it was asked with.
        $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Replace($Site.Secret, 'SECRET')
        $json = try { ConvertFrom-Json -InputObject $text -AsHashtable -DateKind String } catch { $null }
        [pscustomobject]@{
            Status     = [int] $response.StatusCode
            RequestId  = Get-Header $response 'x-wix-request-id'
            RetryAfter = Get-Header $response 'Retry-After'
            Headers    = @($response.Headers.Key | Sort-Object)
            Json       = $json
            Text       = $text
            Shape      = if ($response.IsSuccessStatusCode) {
                @(Get-Shape $json '' | Sort-Object -Unique)
            } else {
                $text
            }
            Code       = Select-Part $json 'details.applicationError.code'
            Fields     = @(
                foreach ($one in @(Select-Part $json 'details.validationError.fieldViolations')) {
                    if ($one) { $one['field'] }
                }
            )
        }
    }
    finally {
        $response.Dispose()
        $request.Dispose()
    }
}

function Get-Header($response, $name) {
    [System.Collections.Generic.IEnumerable[string]] $values = $null
    if ($response.Headers.TryGetValues($name, [ref] $values)) { @($values)[0] }
}

# The names in an answer, and no value: what is recorded has nobody's data in it.
function Get-Shape($json, $path) {
    if ($json -is [System.Collections.IDictionary]) {
        foreach ($name in $json.Keys) { Get-Shape $json[$name] ($path ? "$path.$name" : $name) }
    }
    elseif ($json -is [System.Collections.IList]) {
        foreach ($item in $json) { Get-Shape $item "$path[]" }
    }
    else {
        $path
    }
}

function Select-Part($json, $path) {
    foreach ($step in $path.Split('.')) {
        if ($json -isnot [System.Collections.IDictionary] -or -not $json.ContainsKey($step)) { return }
        $json = $json[$step]
    }

    $json
}

function Get-StatusAndCode($answer) {
    if ($answer.Code) { "$($answer.Status) $($answer.Code)" }
    elseif ($answer.Fields) { "$($answer.Status) $($answer.Fields -join ' ')" }
    else { "$($answer.Status)" }
}

Export-ModuleMember -Function Send-LiveRequest, Get-StatusAndCode, Select-Part
