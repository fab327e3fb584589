using System.Management.Automation;

namespace WixInbox.Pipeline;

/// <summary>The common parameters of a cmdlet, which the engine itself adds.</summary>
internal static class CmdletPreferences
{
    /// <summary>Tells whether the cmdlet only says what it would do.</summary>
    public static bool IsWhatIf(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.IsTrue(cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Tells whether the cmdlet writes verbose messages.</summary>
    public static bool IsVerbose(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.TryConvertTo(
                cmdlet.SessionState.PSVariable.GetValue("VerbosePreference"),
                out ActionPreference preference) && preference == ActionPreference.Continue;

    /// <summary>Tells whether a stream of the cmdlet has this preference, such as <c>Ignore</c>.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream">The stream, as the names of its parameter and variable begin.</param>
    /// <param name="preference">The preference.</param>
    public static bool Prefers(this PSCmdlet cmdlet, string stream, ActionPreference preference) =>
        cmdlet.Prefers(stream + "Action", stream + "Preference", preference);

    /// <summary>Tells whether the pipeline ends with the first error that the cmdlet writes.</summary>
    public static bool StopsAtErrors(this PSCmdlet cmdlet) =>
        cmdlet.Prefers("ErrorAction", "ErrorActionPreference", ActionPreference.Stop);

    private static bool Prefers(
        this PSCmdlet cmdlet, string parameter, string variable, ActionPreference preference)
    {
        var given = cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var typed)
            ? typed
            : cmdlet.SessionState.PSVariable.GetValue(variable);
        return LanguagePrimitives.TryConvertTo(given, out ActionPreference known) && known == preference;
    }
}
