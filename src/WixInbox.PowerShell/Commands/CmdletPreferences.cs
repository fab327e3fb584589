using System.Management.Automation;

namespace WixInbox.Commands;

/// <summary>What was asked of a cmdlet by parameters that the engine itself adds.</summary>
internal static class CmdletPreferences
{
    /// <summary>Tells whether the cmdlet only says what it would do.</summary>
    public static bool IsWhatIf(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.IsTrue(cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Tells whether the cmdlet says more than usual.</summary>
    public static bool IsVerbose(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.TryConvertTo(
                cmdlet.SessionState.PSVariable.GetValue("VerbosePreference"),
                out ActionPreference preference) && preference == ActionPreference.Continue;
}
