using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;

namespace WixInbox.Commands;

/// <summary>
/// Gets the open connections of this runspace: first the default, which cmdlets use when they are given none, then
/// those that have a name.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxConnection", DefaultParameterSetName = ByName)]
[OutputType(typeof(WixInboxConnection))]
public sealed class GetWixInboxConnectionCommand : PSCmdlet
{
    private const string ByName = "Name";
    private const string ByDefault = "Default";

    /// <summary>
    /// Gets or sets the names of connections. Wildcards are permitted. A name without wildcards that no connection has
    /// is an error.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Gets or sets whether to get only the default, which cmdlets use when they are given none.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByDefault)]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var table = new ConnectionTable(this);
        var all = table.All;
        if (Default)
        {
            WriteObject(all.Where(connection => connection == table.Default), enumerateCollection: true);
            return;
        }

        if (Name is null)
        {
            WriteObject(all, enumerateCollection: true);
            return;
        }

        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            WixInboxConnection[] found =
            [
                .. all.Where(connection => connection.Name is not null && pattern.IsMatch(connection.Name)),
            ];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ConnectionErrors.NotFound(name, table.Names));
            }
        }
    }
}
