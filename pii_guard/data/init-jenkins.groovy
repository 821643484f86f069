// 个人信息扫描。基线用到的密钥放在凭据 pii-guard-key（Secret text；内容同 .git/pii-guard.key）。
pipeline {
    agent any
    stages {
        stage('个人信息扫描') {
            steps {
                withCredentials([string(credentialsId: 'pii-guard-key', variable: 'PII_GUARD_KEY')]) {
                    sh '''
                        python3 -m venv .venv-pii-guard
                        .venv-pii-guard/bin/pip install --quiet pii-guard-cn
                        .venv-pii-guard/bin/pii-guard scan . --exclude .venv-pii-guard/ -f text \
                            -f junit=pii-guard-junit.xml -f checkstyle=pii-guard-checkstyle.xml -f sarif=pii-guard.sarif
                    '''
                }
            }
            post {
                always {
                    junit allowEmptyResults: true, testResults: 'pii-guard-junit.xml'
                    archiveArtifacts allowEmptyArchive: true, artifacts: 'pii-guard*.xml,pii-guard.sarif'
                }
            }
        }
    }
}
