using System.Management.Automation;

namespace WixInbox.Pipeline;

/// <summary>Notices that a command is run again and again from one place, as in the block of ForEach-Object.</summary>
internal static class RepeatedCall
{
    // Two calls may be a helper that is used twice. What goes on after three is a loop.
    private const int Many = 3;

    private const string Variable = "RepeatedCall";

    /// <summary>Counts a call, and tells whether it is the one that makes a loop of those before it.</summary>
    /// <returns>Whether to say so: once for a loop.</returns>
    public static bool IsSeen(PSCmdlet cmdlet)
    {
        var call = cmdlet.MyInvocation;
        if (call.MyCommand.Module?.SessionState?.PSVariable is not { } variables)
        {
            return false;
        }

        // A line that is typed anew has another number in the history.
        var place = FormattableString.Invariant(
            $"{call.HistoryId} {call.ScriptName}:{call.ScriptLineNumber}:{call.OffsetInLine}");
        var count = variables.GetValue(Variable) is (string last, int before) && last == place ? before + 1 : 1;
        variables.Set(Variable, (place, count));
        return count == Many;
    }
}
