# What the tests are held to: the rules of the module's scripts, without those that a test has a reason to break.
@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # It does not see that a block of Pester uses what another has set.
        'PSUseDeclaredVarsMoreThanAssignments'
        # New-Row and the like make an object and change nothing.
        'PSUseShouldProcessForStateChangingFunctions'
        # The secrets of the tests are none.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # What a script that is tested sets, or is to see, is global.
        'PSAvoidGlobalVars'
        # A parameter's name is put together.
        'PSAvoidInvokingEmptyMembers'
        # It takes the blocks of a parallel loop's own variables for others.
        'PSUseUsingScopeModifierInNewRunspaces'
        # They run on PowerShell 7, which reads UTF-8 without a mark.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
